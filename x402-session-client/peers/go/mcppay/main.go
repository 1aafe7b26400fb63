// Command mcppay pays a tool of an MCP server twice with the MCP client of the Go SDK of x402, from a session that is then spent,
// and is refused a third time. What costs more than a call may is not paid. Its arguments are the tool, its arguments as JSON, a
// word that what it sells has, the URL of the server, the facilitator and the RPC URL of a devnet.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	x402mcp "github.com/x402-foundation/x402/go/mcp"
	. "x402-sessions/peers/payer"
)

func main() {
	tool, word, server, facilitatorURL, rpcURL := os.Args[1], os.Args[3], os.Args[4], os.Args[5], os.Args[6]
	var arguments map[string]any
	if err := json.Unmarshal([]byte(os.Args[2]), &arguments); err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	// Spring AI's server answers the GET of such a stream when it has something to say, which the SDK would wait for.
	transport := &mcp.StreamableClientTransport{Endpoint: server, DisableStandaloneSSE: true}
	connected := Must(mcp.NewClient(&mcp.Implementation{Name: "peer", Version: "1.0.0"}, nil).Connect(ctx, transport, nil))
	defer connected.Close()

	unpaid := Must(connected.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: arguments}))
	Require(unpaid.IsError && len(unpaid.Content) == 1 && !has(unpaid.Content[0], word), "the unpaid call", unpaid)
	asking := x402mcp.NewX402MCPClient(connected, nil, x402mcp.Options{})
	payer := New(ctx, Must(asking.GetToolPaymentRequirements(ctx, tool, arguments)).Accepts[0], facilitatorURL, rpcURL)

	_, err := x402mcp.CallPaidTool(ctx, connected, payer.Paying(payer.Price-1), tool, arguments)
	Require(err != nil && strings.Contains(err.Error(), "the session does not pay"), "the call beyond the limit", err)

	client := payer.Paying(payer.Price)
	for range 2 {
		paid := Must(x402mcp.CallPaidTool(ctx, connected, client, tool, arguments))
		Require(!paid.IsError && paid.PaymentMade && has(paid.Content[0], word), "the paid call", paid.RawResult)
		payer.RequireReceipt(paid.PaymentResponse)
	}
	refused := Must(x402mcp.CallPaidTool(ctx, connected, client, tool, arguments))
	Require(refused.IsError && !has(refused.Content[0], word) && has(refused.Content[0], "cap_exceeded"), "the call beyond the cap",
		refused.RawResult)
}

func has(content mcp.Content, word string) bool {
	text, ok := content.(*mcp.TextContent)
	return ok && strings.Contains(text.Text, word)
}
