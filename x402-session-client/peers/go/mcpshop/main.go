// Command mcpshop is an MCP server of the Go SDK of MCP, over streamable HTTP at /mcp, with a tool behind the wrapper of the Go
// SDK of x402. Its arguments are a port, the facilitator and the account that is paid.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	x402 "github.com/x402-foundation/x402/go"
	x402http "github.com/x402-foundation/x402/go/http"
	x402mcp "github.com/x402-foundation/x402/go/mcp"
	. "x402-sessions/peers/payer"
	"x402-sessions/peers/session"
)

func main() {
	port, facilitatorURL, payTo := os.Args[1], os.Args[2], os.Args[3]
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	facilitator := x402http.NewHTTPFacilitatorClient(&x402http.FacilitatorConfig{URL: facilitatorURL})
	seller := x402.Newx402ResourceServer(x402.WithFacilitatorClient(facilitator)).
		Register(session.Network, session.Server{FacilitatorURL: facilitatorURL})
	if err := seller.Initialize(ctx); err != nil {
		log.Fatal(err)
	}
	terms := Must(seller.BuildPaymentRequirementsFromConfig(ctx, x402.ResourceConfig{
		Scheme:            "session",
		Network:           session.Network,
		Price:             x402.AssetAmount{Amount: "100000", Asset: session.USDC},
		PayTo:             payTo,
		MaxTimeoutSeconds: 300,
	}))
	paid := x402mcp.NewPaymentWrapper(seller, x402mcp.PaymentWrapperConfig{
		Accepts: terms,
		Resource: &x402mcp.ResourceInfo{
			URL:         "mcp://tool/quote",
			Description: "A line to think about",
			MimeType:    "application/json",
		},
	})
	shop := mcp.NewServer(&mcp.Implementation{Name: "shop", Version: "1.0.0"}, nil)
	shop.AddTool(&mcp.Tool{
		Name:        "quote",
		Description: "A line to think about",
		InputSchema: json.RawMessage(`{"type":"object","properties":{}}`),
	}, paid.Wrap(quote))

	listener := Must(net.Listen("tcp", "127.0.0.1:"+port))
	http.Handle("/mcp", mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return shop }, nil))
	fmt.Println("READY")
	log.Fatal(http.Serve(listener, nil))
}

func quote(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	line := `{"line":"A penny saved is a penny earned."}`
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: line}}}, nil
}
