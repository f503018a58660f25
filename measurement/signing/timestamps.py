"""The office's own time stamps (RFC 3161): they say when a signature existed by the clock of this server, and no more than that."""

from datetime import datetime

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import get_nonce

POLICY = "2.25.325244766586828469346095715567970072404"  # ours: an identifier made of a random UUID needs no registration


class OfficeTimeStamper(TimeStamper):
    """Answers the signing library's request for a time stamp with the office's own key, without asking anybody."""

    def __init__(self, signer: SimpleSigner, at: datetime):
        super().__init__()
        if signer.signing_cert is None:
            raise ValueError("a time stamp needs the certificate of its key")
        self.name = signer.signing_cert.subject
        self.signer, self.at = signer, at.replace(microsecond=0)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        stated = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": POLICY,
                "message_imprint": req["message_imprint"],
                "serial_number": get_nonce(),
                "gen_time": self.at,
                "nonce": req["nonce"],
                "tsa": asn1_x509.GeneralName("directory_name", self.name),
            }
        )
        content = cms.EncapsulatedContentInfo(
            {"content_type": "tst_info", "content": cms.ParsableOctetString(stated.dump())}
        )
        attributes = PdfCMSSignedAttributes(signing_time=self.at)
        token = await self.signer.async_sign_general_data(
            content, "sha256", detached=False, signed_attr_settings=attributes
        )
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
