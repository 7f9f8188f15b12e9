"""The life of a granted contract, on the company's and the CFA's pages."""
