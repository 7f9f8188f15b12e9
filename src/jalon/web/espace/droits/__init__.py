"""Rights given, looked at, reviewed: the pages around the matrix."""
