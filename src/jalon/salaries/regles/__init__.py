"""Pure judgements: what a record says, how a file is read against those already there."""
