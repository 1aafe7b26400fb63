"""What the servers of the Python package x402 have in common: the session scheme, registered the way its documentation
says, and what they sell. Their arguments: a port, the facilitator and the account that is paid."""

import sys

from x402.http import FacilitatorConfig
from x402.http.types import PaymentOption, RouteConfig
from x402.payment_flow import AUTHORIZATION_PAYMENT_FLOW
from x402.schemas import AssetAmount

NETWORK = "stellar:testnet"
PORT, FACILITATOR_URL, PAY_TO = int(sys.argv[1]), *sys.argv[2:]
FACILITATOR = FacilitatorConfig(url=FACILITATOR_URL)


class SessionScheme:
    """What the facilitator says in /supported goes into the challenge."""

    scheme = "session"
    default_asset_transfer_method = "default"
    payment_flows = {"default": AUTHORIZATION_PAYMENT_FLOW}

    def parse_price(self, price, network):
        return price

    def enhance_payment_requirements(self, requirements, supported_kind, extensions):
        requirements.extra = {
            **(requirements.extra or {}),
            **(supported_kind.extra or {}),
            "facilitatorUrl": FACILITATOR_URL,
        }
        return requirements


OPTION = PaymentOption(
    scheme="session",
    network=NETWORK,
    price=AssetAmount(amount="100000", asset="CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA"),
    pay_to=PAY_TO,
    max_timeout_seconds=300,
)
ROUTES = {"GET /quote": RouteConfig(accepts=OPTION, description="A line to think about", mime_type="application/json")}
QUOTE = {"line": "A penny saved is a penny earned."}
