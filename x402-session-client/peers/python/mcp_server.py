"""An MCP server with a tool behind the wrapper of the Python package x402, over streamable HTTP at /mcp."""

from mcp.server.fastmcp import FastMCP
from x402 import x402ResourceServer
from x402.http import HTTPFacilitatorClient
from x402.mcp import create_payment_wrapper
from x402.schemas import ResourceConfig, ResourceInfo

from shop import FACILITATOR, NETWORK, OPTION, PORT, QUOTE, SessionScheme

server = x402ResourceServer(HTTPFacilitatorClient(FACILITATOR)).register(NETWORK, SessionScheme())
server.initialize()
terms = ResourceConfig(
    scheme=OPTION.scheme,
    network=OPTION.network,
    price=OPTION.price,
    pay_to=OPTION.pay_to,
    max_timeout_seconds=OPTION.max_timeout_seconds,
)
paid = create_payment_wrapper(
    server,
    accepts=server.build_payment_requirements(terms),
    resource=ResourceInfo(url="mcp://tool/quote", description="A line to think about", mime_type="application/json"),
)
mcp = FastMCP("shop", host="127.0.0.1", port=PORT)


@mcp.tool(name="quote", description="A line to think about")
@paid
async def quote() -> dict:
    return QUOTE


mcp.run(transport="streamable-http")
