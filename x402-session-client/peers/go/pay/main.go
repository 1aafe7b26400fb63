// Command pay pays a server twice with the Go SDK of x402 from a session that is then spent, and is refused a third time.
// What costs more than a call may is not paid. Its arguments are the URL, the facilitator and the RPC URL of a devnet.
package main

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	x402 "github.com/x402-foundation/x402/go"
	x402http "github.com/x402-foundation/x402/go/http"
	. "x402-sessions/peers/payer"
)

// sdk reads the headers of answers.
var sdk = x402http.Newx402HTTPClient(x402.Newx402Client())

func main() {
	shop, facilitatorURL, rpcURL := os.Args[1], os.Args[2], os.Args[3]
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	unpaid := get(http.DefaultClient, shop)
	Require(unpaid.status == http.StatusPaymentRequired, "the unpaid call", unpaid)
	offer := Must(sdk.GetPaymentRequiredResponse(unpaid.header, nil)).Accepts[0]
	payer := New(ctx, offer, facilitatorURL, rpcURL)

	_, err := paying(payer, payer.Price-1).Get(shop)
	Require(err != nil && strings.Contains(err.Error(), "the session does not pay"), "the call beyond the limit", err)

	client := paying(payer, payer.Price)
	for range 2 {
		paid := get(client, shop)
		Require(paid.status == http.StatusOK && strings.Contains(paid.quote(), " "), "the paid call", paid)
		payer.RequireReceipt(Must(sdk.GetPaymentSettleResponse(paid.header)))
	}
	refused := get(client, shop)
	Require(refused.status == http.StatusPaymentRequired && refused.quote() == "", "the call beyond the cap", refused)
	reason := Must(sdk.GetPaymentRequiredResponse(refused.header, nil)).Error
	Require(reason == "cap_exceeded", "the reason", reason)
	receipt := Must(sdk.GetPaymentSettleResponse(refused.header))
	Require(receipt.ErrorReason == "cap_exceeded", "the refusal's receipt", receipt)
}

func paying(payer Payer, maxPerCall int64) *http.Client {
	return x402http.WrapHTTPClientWithPayment(http.DefaultClient, x402http.Newx402HTTPClient(payer.Paying(maxPerCall)))
}

type answer struct {
	status int
	header map[string]string
	body   []byte
}

func get(client *http.Client, url string) answer {
	response := Must(client.Get(url))
	defer response.Body.Close()
	header := map[string]string{}
	for name := range response.Header {
		header[name] = response.Header.Get(name)
	}
	return answer{response.StatusCode, header, Must(io.ReadAll(response.Body))}
}

func (a answer) quote() string {
	var content struct{ Quote string }
	if err := json.Unmarshal(a.body, &content); err != nil {
		log.Fatalf("%s: %v", a.body, err)
	}
	return content.Quote
}
