"""A Flask application behind the middleware of the Python package x402."""

from flask import Flask
from x402 import x402ResourceServerSync
from x402.http import HTTPFacilitatorClientSync
from x402.http.middleware.flask import payment_middleware

from shop import FACILITATOR, NETWORK, PORT, QUOTE, ROUTES, SessionScheme

server = x402ResourceServerSync(HTTPFacilitatorClientSync(FACILITATOR)).register(NETWORK, SessionScheme())
app = Flask(__name__)
payment_middleware(app, ROUTES, server)


@app.get("/quote")
def quote():
    return QUOTE


print("READY", flush=True)
app.run("127.0.0.1", PORT, threaded=True)
