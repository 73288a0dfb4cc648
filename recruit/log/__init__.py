"""The log: canonical bytes, chains, verification, and the comparison of projections with the acts."""
