// Command walk uses the network as a program does that was written for testnet. Its arguments are the URLs of JSON-RPC,
// friendbot and faucet, the id of the USDC contract and its issuer.
package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/stellar/go-stellar-sdk/clients/rpcclient"
	"github.com/stellar/go-stellar-sdk/keypair"
	protocol "github.com/stellar/go-stellar-sdk/protocols/rpc"
	"github.com/stellar/go-stellar-sdk/strkey"
	"github.com/stellar/go-stellar-sdk/txnbuild"
	"github.com/stellar/go-stellar-sdk/xdr"
)

const noMuxed = "Could not unmarshal transaction"

var ctx, cancel = context.WithTimeout(context.Background(), 2*time.Minute)

type walk struct {
	client     *rpcclient.Client
	passphrase string
	usdc       xdr.ContractId
}

func main() {
	defer cancel()
	rpcURL, friendbot, faucet, contract, issuer := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	w := walk{client: rpcclient.NewClient(rpcURL, http.DefaultClient)}
	w.passphrase = must(w.client.GetNetwork(ctx)).Passphrase
	copy(w.usdc[:], must(strkey.Decode(strkey.VersionByteContract, contract)))

	payer, spender, shop, channel := keypair.MustRandom(), keypair.MustRandom(), keypair.MustRandom(), keypair.MustRandom()
	for _, key := range []*keypair.Full{payer, spender, shop, channel} {
		get(friendbot + "?addr=" + key.Address())
	}
	usdc := txnbuild.CreditAsset{Code: "USDC", Issuer: issuer}
	for _, key := range []*keypair.Full{payer, shop} {
		line := txnbuild.ChangeTrust{Line: usdc.MustToChangeTrustAsset(), Limit: txnbuild.MaxTrustlineLimit}
		w.land(w.build(key, &line), key)
	}
	get(faucet + "?addr=" + payer.Address() + "&amount=1")

	latest := must(w.client.GetLatestLedger(ctx))
	var header xdr.LedgerHeader
	check(xdr.SafeUnmarshalBase64(latest.LedgerHeader, &header))
	require(uint32(header.LedgerSeq) == latest.Sequence, "the header of the latest ledger", header.LedgerSeq)

	w.call(payer, payer, "approve", account(payer), account(spender), i128(500), u32(latest.Sequence+1000))
	view := w.simulate(w.build(spender, w.invocation("", "allowance", account(payer), account(spender))))
	var allowed xdr.ScVal
	check(xdr.SafeUnmarshalBase64(*view.Results[0].ReturnValueXDR, &allowed))
	require(allowed.Equals(i128(500)), "the allowance", allowed)

	// The spender is the operation's source, a channel account the transaction's.
	paid := w.call(channel, spender, "transfer_from", account(spender), account(payer), account(shop), i128(200))
	var meta xdr.TransactionMeta
	check(xdr.SafeUnmarshalBase64(paid.ResultMetaXDR, &meta))
	require(meta.V == 4, "the version of the meta", meta.V)
	event := w.event(paid)
	require(event.Topics[0].Equals(symbol("transfer")) && event.Data.Equals(i128(200)), "the event", event)
	w.checkHistory(contract, latest.Sequence, paid)

	refused := w.simulate(w.build(spender,
		w.invocation("", "transfer_from", account(spender), account(payer), account(shop), i128(301))))
	require(strings.HasPrefix(refused.Error, "HostError: Error(Contract, #9)"), "the refusal", refused.Error)
	_, err := w.client.LoadAccount(ctx, keypair.MustRandom().Address())
	require(err != nil, "an account that does not exist", nil)
	health := must(w.client.GetHealth(ctx))
	require(health.Status == "healthy" && health.LatestLedgerCloseTime >= latest.LedgerCloseTime, "health", health)
	require(must(w.client.GetFeeStats(ctx)).SorobanInclusionFee.Max >= 100, "fee statistics", nil)
	require(must(w.client.GetVersionInfo(ctx)).ProtocolVersion == uint32(header.LedgerVersion), "the version", nil)

	fmt.Println("Go SDK: accounts, trustlines, approve, allowance, transfer_from by a channel, events, history, ledgers: " +
		"as on testnet" + w.giveToMuxed(payer, shop))
}

func (w walk) checkHistory(contract string, start uint32, paid protocol.GetTransactionResponse) {
	transfer, rest := symbol("transfer"), "**"
	events := must(w.client.GetEvents(ctx, protocol.GetEventsRequest{
		StartLedger: start,
		Filters: []protocol.EventFilter{{
			EventType:   protocol.EventTypeSet{protocol.EventTypeContract: nil},
			ContractIDs: []string{contract},
			Topics:      []protocol.TopicFilter{{{ScVal: &transfer}, {Wildcard: &rest}}},
		}},
	})).Events
	require(len(events) == 1 && events[0].TransactionHash == paid.TransactionHash, "the listed events", events)
	listed := must(w.client.GetTransactions(ctx, protocol.GetTransactionsRequest{StartLedger: start})).Transactions
	found := false
	for _, one := range listed {
		found = found || one.TransactionHash == paid.TransactionHash
	}
	require(found, "the listed transactions", listed)
	ledger := must(w.client.GetLedgers(ctx, protocol.GetLedgersRequest{StartLedger: paid.Ledger})).Ledgers[0]
	var meta xdr.LedgerCloseMeta
	check(xdr.SafeUnmarshalBase64(ledger.LedgerMetadata, &meta))
	require(meta.CountTransactions() == 1 && len(meta.TransactionEnvelopes()) == 1, "the ledger", meta)
	hash := meta.TransactionHash(0)
	require(hex.EncodeToString(hash[:]) == paid.TransactionHash, "the ledger's transaction", hash)
	require(meta.LedgerHash().HexString() == ledger.Hash, "the ledger's hash", ledger.Hash)
}

func (w walk) giveToMuxed(payer, shop *keypair.Full) string {
	id := xdr.MustAddress(shop.Address())
	shared := xdr.MuxedEd25519Account{Id: 42, Ed25519: *id.Ed25519}
	to := xdr.ScVal{Type: xdr.ScValTypeScvAddress, Address: &xdr.ScAddress{
		Type: xdr.ScAddressTypeScAddressTypeMuxedAccount, MuxedAccount: &shared,
	}}
	gift := w.simulate(w.build(payer, w.invocation("", "transfer", account(payer), to, i128(7))))
	if gift.Error == noMuxed {
		return "; muxed recipients are not known here"
	}
	given := w.event(w.call(payer, payer, "transfer", account(payer), to, i128(7)))
	fields := **given.Data.Map
	require(len(fields) == 2 && fields[1].Key.Equals(symbol("to_muxed_id")) && *fields[1].Val.U64 == 42, "the event", given)
	return ", muxed recipients too"
}

// call prepares, signs and lands a contract call of an actor that may differ from the transaction's source.
func (w walk) call(source, actor *keypair.Full, function string, args ...xdr.ScVal) protocol.GetTransactionResponse {
	operation := w.invocation(actor.Address(), function, args...)
	simulated := w.simulate(w.build(source, operation))
	require(simulated.Error == "", function, simulated.Error)
	var data xdr.SorobanTransactionData
	check(xdr.SafeUnmarshalBase64(simulated.TransactionDataXDR, &data))
	operation.Ext = xdr.TransactionExt{V: 1, SorobanData: &data}
	for _, text := range *simulated.Results[0].AuthXDR {
		var entry xdr.SorobanAuthorizationEntry
		check(xdr.SafeUnmarshalBase64(text, &entry))
		operation.Auth = append(operation.Auth, entry)
	}
	signers := []*keypair.Full{source}
	if actor != source {
		signers = append(signers, actor)
	}
	return w.land(w.build(source, operation), signers...)
}

func (w walk) invocation(actor, function string, args ...xdr.ScVal) *txnbuild.InvokeHostFunction {
	return &txnbuild.InvokeHostFunction{
		SourceAccount: actor,
		HostFunction: xdr.HostFunction{
			Type: xdr.HostFunctionTypeHostFunctionTypeInvokeContract,
			InvokeContract: &xdr.InvokeContractArgs{
				ContractAddress: xdr.ScAddress{Type: xdr.ScAddressTypeScAddressTypeContract, ContractId: &w.usdc},
				FunctionName:    xdr.ScSymbol(function),
				Args:            args,
			},
		},
	}
}

func (w walk) build(source *keypair.Full, operation txnbuild.Operation) *txnbuild.Transaction {
	return must(txnbuild.NewTransaction(txnbuild.TransactionParams{
		SourceAccount:        must(w.client.LoadAccount(ctx, source.Address())),
		IncrementSequenceNum: true,
		Operations:           []txnbuild.Operation{operation},
		BaseFee:              txnbuild.MinBaseFee,
		Preconditions:        txnbuild.Preconditions{TimeBounds: txnbuild.NewTimeout(60)},
	}))
}

func (w walk) simulate(transaction *txnbuild.Transaction) protocol.SimulateTransactionResponse {
	return must(w.client.SimulateTransaction(ctx,
		protocol.SimulateTransactionRequest{Transaction: must(transaction.Base64())}))
}

func (w walk) land(transaction *txnbuild.Transaction, signers ...*keypair.Full) protocol.GetTransactionResponse {
	signed := must(transaction.Sign(w.passphrase, signers...))
	sent := must(w.client.SendTransaction(ctx, protocol.SendTransactionRequest{Transaction: must(signed.Base64())}))
	require(sent.Status == "PENDING", "sending", sent)
	found := must(w.client.PollTransaction(ctx, sent.Hash))
	require(found.Status == protocol.TransactionStatusSuccess, "landing", found)
	return found
}

func (w walk) event(landed protocol.GetTransactionResponse) xdr.ContractEventV0 {
	var event xdr.ContractEvent
	check(xdr.SafeUnmarshalBase64(landed.Events.ContractEventsXDR[0][0], &event))
	return *event.Body.V0
}

func account(key *keypair.Full) xdr.ScVal {
	id := xdr.MustAddress(key.Address())
	return xdr.ScVal{Type: xdr.ScValTypeScvAddress,
		Address: &xdr.ScAddress{Type: xdr.ScAddressTypeScAddressTypeAccount, AccountId: &id}}
}

func i128(value uint64) xdr.ScVal {
	return xdr.ScVal{Type: xdr.ScValTypeScvI128, I128: &xdr.Int128Parts{Lo: xdr.Uint64(value)}}
}

func u32(value uint32) xdr.ScVal {
	number := xdr.Uint32(value)
	return xdr.ScVal{Type: xdr.ScValTypeScvU32, U32: &number}
}

func symbol(text string) xdr.ScVal {
	name := xdr.ScSymbol(text)
	return xdr.ScVal{Type: xdr.ScValTypeScvSymbol, Sym: &name}
}

func get(url string) {
	answer := must(http.Get(url))
	check(answer.Body.Close())
	require(answer.StatusCode == http.StatusOK, url, answer.Status)
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Panic(err)
	}
}

func require(holds bool, what string, instead any) {
	if !holds {
		log.Panicf("%s: %+v", what, instead)
	}
}
