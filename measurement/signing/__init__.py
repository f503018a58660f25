"""Signatures on papers. How each signer signs is settled when a paper is issued (PaperSigner). Which file answers which question:

doors/paper_signing.py           the one door: allowed, its turn, signed, stored, recorded; one signer per method is registered here
interface.py      what every way of signing has in common
waiting.py        which signatures wait for whom, and how far a paper is signed

local.py          `lokal`: the office's own keys; authority.py (who vouches), keys.py (officials and PINs), sealing.py (how keys are kept),
                  certificates.py, timestamps.py, signature_box.py and stamp.py (where and what is visible)
bsre.py           `bsre`: the certified provider; transport.py (one exchange), bsre_api.py (versions 1 and 2), attempts.py (what was sent),
                  returned_files.py (what came back)
manual.py         `manual`: ink or elsewhere, uploaded; added_bytes.py (what was added to our bytes), text_layer.py (what a scan says)

verification.py   the four answers about a file; findings.py puts them into words, comparing.py finds the nearest stored file
inspection.py     what a signed file is worth; inspect_worker.py is its process with limits, reading.py reads bounded
"""
