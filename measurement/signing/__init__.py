"""Signatures on papers. Who signs how is settled when a paper is issued (PaperSigner); one signer per method is registered in `door.SIGNERS`."""
