"""A Flask application behind the middleware of the Python package x402."""

import sys

from flask import Flask, jsonify
from x402 import x402ResourceServerSync
from x402.http import FacilitatorConfig, HTTPFacilitatorClientSync
from x402.http.middleware.flask import payment_middleware
from x402.http.types import PaymentOption, RouteConfig
from x402.payment_flow import AUTHORIZATION_PAYMENT_FLOW
from x402.schemas import AssetAmount

port, facilitator_url, pay_to = sys.argv[1:]


class SessionScheme:
    scheme = "session"
    default_asset_transfer_method = "default"
    payment_flows = {"default": AUTHORIZATION_PAYMENT_FLOW}

    def parse_price(self, price, network):
        return price

    def enhance_payment_requirements(self, requirements, supported_kind, extensions):
        requirements.extra = {
            **(requirements.extra or {}),
            **(supported_kind.extra or {}),
            "facilitatorUrl": facilitator_url,
        }
        return requirements


server = x402ResourceServerSync(HTTPFacilitatorClientSync(FacilitatorConfig(url=facilitator_url)))
server.register("stellar:testnet", SessionScheme())
option = PaymentOption(
    scheme="session",
    network="stellar:testnet",
    price=AssetAmount(amount="100000", asset="CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA"),
    pay_to=pay_to,
    max_timeout_seconds=300,
)
app = Flask(__name__)
routes = {"GET /quote": RouteConfig(accepts=option, description="A line to think about", mime_type="application/json")}
payment_middleware(app, routes, server)


@app.get("/quote")
def quote():
    return jsonify(line="A penny saved is a penny earned.")


print("READY", flush=True)
app.run("127.0.0.1", int(port), threaded=True)
