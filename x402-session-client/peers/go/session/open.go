// Package session is the session scheme for the Go SDK of x402: open a session once, register it with a client, and every
// 402 that it fits is paid from it; or register it with a server, which is paid that way.
package session

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/stellar/go-stellar-sdk/clients/rpcclient"
	"github.com/stellar/go-stellar-sdk/keypair"
	"github.com/stellar/go-stellar-sdk/network"
	protocol "github.com/stellar/go-stellar-sdk/protocols/rpc"
	"github.com/stellar/go-stellar-sdk/strkey"
	"github.com/stellar/go-stellar-sdk/txnbuild"
	"github.com/stellar/go-stellar-sdk/xdr"
	x402 "github.com/x402-foundation/x402/go"
)

const (
	// Network is the network that sessions are opened on.
	Network = "stellar:testnet"
	// USDC is the contract of its USDC.
	USDC = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA"
)

// Session is an open session. Its ID is a secret: whoever has it can spend the session at that recipient's.
type Session struct {
	ID, Asset, Recipient string
}

// Terms say what a session may spend. Which facilitator may spend, and of which asset, is the caller's choice, never that of
// a server.
type Terms struct {
	FacilitatorURL, RPCURL, Asset, Recipient string
	// Cap is in base units.
	Cap int64
	// Ledgers is how long the session lives, 5 seconds each.
	Ledgers uint32
}

// Open approves the cap to the facilitator on the chain and registers the session.
func Open(ctx context.Context, payer *keypair.Full, terms Terms) (Session, error) {
	spender, err := spender(ctx, terms.FacilitatorURL)
	if err != nil {
		return Session{}, err
	}
	chain := rpcclient.NewClient(terms.RPCURL, http.DefaultClient)
	defer chain.Close()
	latest, err := chain.GetLatestLedger(ctx)
	if err != nil {
		return Session{}, err
	}
	last := latest.Sequence + terms.Ledgers
	approval, err := approve(ctx, chain, payer, spender, terms, last)
	if err != nil {
		return Session{}, err
	}
	return register(ctx, payer, terms, last, approval)
}

func spender(ctx context.Context, facilitatorURL string) (string, error) {
	var supported x402.SupportedResponse
	if err := ask(ctx, http.MethodGet, facilitatorURL+"/supported", nil, &supported); err != nil {
		return "", err
	}
	for _, kind := range supported.Kinds {
		if kind.Scheme == "session" && kind.Network == Network {
			if spender, ok := kind.Extra["spender"].(string); ok {
				return spender, nil
			}
		}
	}
	return "", fmt.Errorf("%s settles no sessions on %s", facilitatorURL, Network)
}

// approve returns the hash of the transaction.
func approve(ctx context.Context, chain *rpcclient.Client, payer *keypair.Full, spender string, terms Terms,
	last uint32) (string, error) {
	call, err := approveCall(payer.Address(), spender, terms, last)
	if err != nil {
		return "", err
	}
	account, err := chain.LoadAccount(ctx, payer.Address())
	if err != nil {
		return "", err
	}
	if _, err = account.IncrementSequenceNumber(); err != nil {
		return "", err
	}
	build := func() (*txnbuild.Transaction, error) {
		return txnbuild.NewTransaction(txnbuild.TransactionParams{
			SourceAccount: account,
			Operations:    []txnbuild.Operation{call},
			BaseFee:       txnbuild.MinBaseFee,
			Preconditions: txnbuild.Preconditions{TimeBounds: txnbuild.NewTimeout(60)},
		})
	}
	asking, err := build()
	if err != nil {
		return "", err
	}
	if err = prepare(ctx, chain, asking, call); err != nil {
		return "", err
	}
	unsigned, err := build()
	if err != nil {
		return "", err
	}
	return land(ctx, chain, unsigned, payer)
}

func approveCall(payer, spender string, terms Terms, last uint32) (*txnbuild.InvokeHostFunction, error) {
	contract, err := strkey.Decode(strkey.VersionByteContract, terms.Asset)
	if err != nil {
		return nil, err
	}
	id, expiration := xdr.ContractId(contract), xdr.Uint32(last)
	call := xdr.InvokeContractArgs{
		ContractAddress: xdr.ScAddress{Type: xdr.ScAddressTypeScAddressTypeContract, ContractId: &id},
		FunctionName:    "approve",
		Args: []xdr.ScVal{
			address(payer),
			address(spender),
			{Type: xdr.ScValTypeScvI128, I128: &xdr.Int128Parts{Lo: xdr.Uint64(terms.Cap)}},
			{Type: xdr.ScValTypeScvU32, U32: &expiration},
		},
	}
	return &txnbuild.InvokeHostFunction{
		HostFunction: xdr.HostFunction{Type: xdr.HostFunctionTypeHostFunctionTypeInvokeContract, InvokeContract: &call},
		// The payer agrees to this call and nothing below it.
		Auth: []xdr.SorobanAuthorizationEntry{{
			Credentials: xdr.SorobanCredentials{Type: xdr.SorobanCredentialsTypeSorobanCredentialsSourceAccount},
			RootInvocation: xdr.SorobanAuthorizedInvocation{Function: xdr.SorobanAuthorizedFunction{
				Type:       xdr.SorobanAuthorizedFunctionTypeSorobanAuthorizedFunctionTypeContractFn,
				ContractFn: &call,
			}},
		}},
	}, nil
}

func address(account string) xdr.ScVal {
	id := xdr.MustAddress(account)
	return xdr.ScVal{Type: xdr.ScValTypeScvAddress,
		Address: &xdr.ScAddress{Type: xdr.ScAddressTypeScAddressTypeAccount, AccountId: &id}}
}

// prepare asks the chain what the call needs and gives it that.
func prepare(ctx context.Context, chain *rpcclient.Client, asking *txnbuild.Transaction, call *txnbuild.InvokeHostFunction) error {
	envelope, err := asking.Base64()
	if err != nil {
		return err
	}
	simulated, err := chain.SimulateTransaction(ctx, protocol.SimulateTransactionRequest{Transaction: envelope})
	if err != nil {
		return err
	}
	if simulated.Error != "" {
		return fmt.Errorf("the approve would fail: %s", simulated.Error)
	}
	var resources xdr.SorobanTransactionData
	if err = xdr.SafeUnmarshalBase64(simulated.TransactionDataXDR, &resources); err != nil {
		return err
	}
	call.Ext = xdr.TransactionExt{V: 1, SorobanData: &resources}
	return nil
}

func land(ctx context.Context, chain *rpcclient.Client, unsigned *txnbuild.Transaction, payer *keypair.Full) (string, error) {
	signed, err := unsigned.Sign(network.TestNetworkPassphrase, payer)
	if err != nil {
		return "", err
	}
	envelope, err := signed.Base64()
	if err != nil {
		return "", err
	}
	sent, err := chain.SendTransaction(ctx, protocol.SendTransactionRequest{Transaction: envelope})
	if err != nil {
		return "", err
	}
	landed, err := chain.PollTransaction(ctx, sent.Hash)
	if err != nil {
		return "", err
	}
	if landed.Status != protocol.TransactionStatusSuccess {
		return "", fmt.Errorf("the approve %s has not landed: %s", sent.Hash, landed.Status)
	}
	return sent.Hash, nil
}

// register has the owner say whom the session pays: an approve is public, and without this anybody could register it.
func register(ctx context.Context, payer *keypair.Full, terms Terms, last uint32, approval string) (Session, error) {
	limit := strconv.FormatInt(terms.Cap, 10)
	message := strings.Join([]string{"x402-session:v1", Network, terms.Asset, terms.Recipient, limit,
		strconv.FormatUint(uint64(last), 10), approval}, ":")
	hash := sha256.Sum256([]byte("Stellar Signed Message:\n" + message))
	proof, err := payer.SignBase64(hash[:])
	if err != nil {
		return Session{}, err
	}
	registration := map[string]any{
		"approvalTxHash":   approval,
		"user":             payer.Address(),
		"asset":            terms.Asset,
		"recipient":        terms.Recipient,
		"cap":              limit,
		"expirationLedger": last,
		"network":          Network,
		"proof":            proof,
	}
	var registered struct {
		SessionID string `json:"sessionId"`
	}
	if err = ask(ctx, http.MethodPost, terms.FacilitatorURL+"/sessions", registration, &registered); err != nil {
		return Session{}, err
	}
	return Session{ID: registered.SessionID, Asset: terms.Asset, Recipient: terms.Recipient}, nil
}

// ask reads the JSON of an answer into a value.
func ask(ctx context.Context, method, url string, body, into any) error {
	var content bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			return err
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, url, &content)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s answers %s: %s", url, answer.Status, text)
	}
	return json.Unmarshal(text, into)
}
