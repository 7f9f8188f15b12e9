"""Writes about granted contracts."""

from jalon.contrats.actions.ruptures import declarer_rupture, signaler_rupture

__all__ = ["declarer_rupture", "signaler_rupture"]
