"""The register of enterprises on the desk, and who speaks for them."""
