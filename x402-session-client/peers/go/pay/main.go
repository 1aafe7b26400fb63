// Command pay pays a server twice with the Go SDK of x402 from a session that is then spent, and is refused a third time.
// What costs more than a call may is not paid. Its arguments are the URL, the facilitator and the RPC URL of a devnet.
package main

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/stellar/go-stellar-sdk/keypair"
	x402 "github.com/x402-foundation/x402/go"
	x402http "github.com/x402-foundation/x402/go/http"
	"x402-sessions/peers/session"
)

var transactionHash = regexp.MustCompile("^[0-9a-f]{64}$")

// sdk reads the headers of answers.
var sdk = x402http.Newx402HTTPClient(x402.Newx402Client())

func main() {
	shop, facilitatorURL, rpcURL := os.Args[1], os.Args[2], os.Args[3]
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	unpaid := get(http.DefaultClient, shop)
	require(unpaid.status == http.StatusPaymentRequired, "the unpaid call", unpaid)
	offer := must(sdk.GetPaymentRequiredResponse(unpaid.header, nil)).Accepts[0]
	price := must(strconv.ParseInt(offer.Amount, 10, 64))

	payer := keypair.MustRandom()
	for _, path := range []string{"/friendbot?addr=" + payer.Address(), "/faucet?addr=" + payer.Address() + "&amount=1"} {
		funded := get(http.DefaultClient, must(must(url.Parse(rpcURL)).Parse(path)).String())
		require(funded.status == http.StatusOK, path, funded)
	}
	opened := must(session.Open(ctx, payer, session.Terms{
		FacilitatorURL: facilitatorURL,
		RPCURL:         rpcURL,
		Asset:          session.USDC,
		Recipient:      offer.PayTo,
		Cap:            2 * price,
		Ledgers:        720,
	}))
	_, err := paying(session.Client{Session: opened, MaxPerCall: price - 1}).Get(shop)
	require(err != nil && strings.Contains(err.Error(), "the session does not pay"), "the call beyond the limit", err)

	client := paying(session.Client{Session: opened, MaxPerCall: price})
	for range 2 {
		paid := get(client, shop)
		require(paid.status == http.StatusOK && strings.Contains(paid.quote(), " "), "the paid call", paid)
		receipt := must(sdk.GetPaymentSettleResponse(paid.header))
		require(receipt.Success && receipt.Amount == offer.Amount && receipt.Payer == payer.Address() &&
			transactionHash.MatchString(receipt.Transaction), "the receipt", receipt)
	}
	refused := get(client, shop)
	require(refused.status == http.StatusPaymentRequired && refused.quote() == "", "the call beyond the cap", refused)
	reason := must(sdk.GetPaymentRequiredResponse(refused.header, nil)).Error
	require(reason == "cap_exceeded", "the reason", reason)
	receipt := must(sdk.GetPaymentSettleResponse(refused.header))
	require(receipt.ErrorReason == "cap_exceeded", "the refusal's receipt", receipt)
}

func paying(scheme session.Client) *http.Client {
	client := x402.Newx402Client().Register(session.Network, scheme)
	return x402http.WrapHTTPClientWithPayment(http.DefaultClient, x402http.Newx402HTTPClient(client))
}

type answer struct {
	status int
	header map[string]string
	body   []byte
}

func get(client *http.Client, url string) answer {
	response := must(client.Get(url))
	defer response.Body.Close()
	header := map[string]string{}
	for name := range response.Header {
		header[name] = response.Header.Get(name)
	}
	return answer{response.StatusCode, header, must(io.ReadAll(response.Body))}
}

func (a answer) quote() string {
	var content struct{ Quote string }
	if err := json.Unmarshal(a.body, &content); err != nil {
		log.Fatalf("%s: %v", a.body, err)
	}
	return content.Quote
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func require(holds bool, what string, instead any) {
	if !holds {
		log.Fatalf("%s: %+v", what, instead)
	}
}
