package io.github.x402sessions.client.approval;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.x402sessions.client.FakeRpc;
import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.ApproveVector;
import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;
import io.github.x402sessions.stellar.rpc.ChainException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SorobanTransactionData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ApprovalChain} and what it makes sure of before anything is signed.
 */
class ApprovalChainTests {

	private final ApproveVector vector = ApproveVector.read();

	private final FakeRpc rpc = new FakeRpc().ready(this.vector);

	private final ApprovalChain chain = new ApprovalChain(this.rpc.uri(), Network.STELLAR_TESTNET,
			new JsonHttp(Duration.ofSeconds(2), Duration.ofSeconds(5)), ApprovalTimeouts.DEFAULT);

	@AfterEach
	void stop() {
		this.rpc.close();
	}

	@Test
	void expiryCountsFromTheLatestLedger() {
		assertThat(this.chain.prepare(terms(720)).expirationLedger()).isEqualTo(1720);
	}

	@Test
	void validityCountsFromTheChainsOwnTime() {
		UnsignedApproval unsigned = this.chain.prepare(terms(720));
		SignedApproval signed = unsigned
			.signed(io.github.x402sessions.client.signing.SessionSigner.ofSecret(this.vector.userSecret())
				.sign(unsigned.hash()));
		assertThat(signed.maxTime()).isEqualTo(1799999940 + 60);
	}

	@Test
	void validityCountsFromTheLocalClockWhereTheServerIsOld() {
		this.rpc.on("getHealth", Map.of("status", "healthy", "latestLedger", 1000));
		assertThat(this.chain.prepare(terms(1)).expirationLedger()).isEqualTo(1001);
	}

	@ParameterizedTest
	@CsvSource({ "100, 10000", "70000, 70000", "5000000, 500000" })
	void bidFollowsWhatOthersBid(String p90, long bid) throws IOException {
		long quiet = fee();
		this.rpc.on("getFeeStats", Map.of("sorobanInclusionFee", Map.of("p90", p90)));
		assertThat(fee() - quiet).isEqualTo(bid - 10_000);
	}

	private long fee() throws IOException {
		UnsignedApproval unsigned = this.chain.prepare(terms(720));
		return ((Transaction) AbstractTransaction.fromEnvelopeXdr(unsigned.envelope(), org.stellar.sdk.Network.TESTNET))
			.getFee();
	}

	@Test
	void anotherNetworkIsRefused() {
		this.rpc.on("getNetwork", Map.of("passphrase", "Public Global Stellar Network ; September 2015"));
		assertRefused("another network than stellar:testnet");
	}

	@Test
	void accountThatDoesNotExistIsRefused() {
		this.rpc.on("getLedgerEntries", Map.of("entries", List.of()));
		assertRefused("has to be funded");
	}

	@Test
	void callThatWouldFailIsRefused() {
		this.rpc.on("simulateTransaction",
				Map.of("error", "HostError: Error(Contract, #9)\n\nEvent log (newest first):", "latestLedger", 1000));
		assertRefused("the approval would fail: HostError: Error(Contract, #9)");
	}

	@Test
	void accountThatItsIssuerFreezesIsRefused() throws IOException {
		this.rpc.on("simulateTransaction",
				Map.of("results", List.of(Map.of("xdr", Scv.toBoolean(false).toXdrBase64()))));
		assertThatExceptionOfType(ChainException.class).isThrownBy(() -> this.chain.requireAbleToPay(terms(720)))
			.withMessageContaining("its issuer has not authorised the trustline");
	}

	@Test
	void contractThatKnowsNoTrustlinesIsNoReasonToStop() throws IOException {
		this.rpc.on("simulateTransaction", Map.of("error", "HostError: Error(WasmVm, MissingValue)"));
		this.chain.requireAbleToPay(terms(720));
		this.rpc.on("simulateTransaction",
				Map.of("results", List.of(Map.of("xdr", Scv.toBoolean(true).toXdrBase64()))));
		this.chain.requireAbleToPay(terms(720));
	}

	@Test
	void footprintBeyondTheAssetsOwnDataIsRefused() {
		this.rpc.on("simulateTransaction", Map.of("transactionData", this.vector.transferData()));
		assertRefused("touches more than the asset's own data");
	}

	@Test
	void resourcesThatAreNoneAreRefused() {
		this.rpc.on("simulateTransaction", Map.of("transactionData", "AAAA"));
		assertRefused("cannot be read");
	}

	@Test
	void feeBeyondTheCeilingIsRefused() throws Exception {
		SorobanTransactionData data = SorobanTransactionData.fromXdrBase64(this.vector.transactionData());
		data.getResourceFee().setInt64(10_000_001L);
		this.rpc.on("simulateTransaction", Map.of("transactionData", data.toXdrBase64()));
		assertRefused("resource fee of 10000001 stroops");
	}

	@Test
	void errorsOfTheServerAreNamed() {
		this.rpc.refuse("getHealth", "latency (42s) since last known ledger closed is too high (>30s)");
		assertRefused("latency (42s)");
		this.rpc.raw("getHealth", WireMock.serverError());
		assertRefused("answered status 500");
		this.rpc.raw("getHealth", WireMock.ok("<html>"));
		assertRefused("answered nonsense");
		this.rpc.raw("getHealth", WireMock.okJson("{}"));
		assertRefused("neither a result nor an error");
	}

	@Test
	void serverThatIsNotThereIsNamed() {
		this.rpc.close();
		assertRefused("gave no answer: ConnectException");
	}

	private void assertRefused(String reason) {
		assertThatExceptionOfType(ChainException.class).isThrownBy(() -> this.chain.prepare(terms(720)))
			.withMessageContaining(reason);
	}

	private ApprovalTerms terms(long ledgers) {
		ApprovalTerms terms = this.vector.terms();
		return new ApprovalTerms(terms.user(), terms.spender(), terms.asset(), terms.amount(), ledgers, 0);
	}

}
