"""Writes about granted contracts."""

from jalon.contrats.actions.ruptures import declarer_rupture, exiger_le_cfa, signaler_rupture

__all__ = ["declarer_rupture", "exiger_le_cfa", "signaler_rupture"]
