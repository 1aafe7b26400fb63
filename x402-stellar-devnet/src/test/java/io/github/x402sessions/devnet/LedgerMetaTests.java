package io.github.x402sessions.devnet;

import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The ledger in {@code getLatestLedger}, which grows with its transactions.
 */
class LedgerMetaTests {

	private final ManualNetwork chain = new ManualNetwork();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void ledgerTellsItsTransactionsAndWhatTheyChanged() {
		KeyPair owner = this.chain.holder("5");
		KeyPair other = this.chain.account();
		Transaction approval = this.chain.prepared(owner, owner, "approve", ManualNetwork.address(owner),
				ManualNetwork.address(other), ManualNetwork.amount(7), Scv.toUint32(900));
		Transaction opening = ManualNetwork.signed(this.chain.build(other,
				new CreateAccountOperation.Builder(KeyPair.random().getAccountId(), "10").build()), other);
		String empty = meta();
		this.chain.send(approval);
		this.chain.send(opening);
		this.chain.devnet.closeLedger();

		String full = hex(meta());
		for (Transaction transaction : new Transaction[] { approval, opening }) {
			JsonNode applied = this.chain.applied(transaction);
			assertThat(full).contains(hex(transaction.toEnvelopeXdrBase64()),
					transaction.hashHex() + hex(applied.get("resultXdr").asString()) + "00000000"
							+ hex(applied.get("resultMetaXdr").asString()) + "00000000");
		}
		this.chain.devnet.closeLedger();
		assertThat(meta()).hasSameSizeAs(empty);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_000, 3_000_001, 14 * 1024 * 1024 })
	void ledgerIsAsLargeAsTheFaultMakesIt(int bytes) {
		this.chain.devnet.faults().latestLedgerBytes(bytes);

		assertThat(Base64.getDecoder().decode(meta()).length).isBetween(bytes - 3, bytes);
		this.chain.devnet.faults().clear();
		assertThat(meta().length()).isLessThan(1_200);
	}

	@Test
	void sizeHasItsBounds() {
		RpcClient admin = new RpcClient(URI.create(this.chain.devnet.adminUri() + "/faults"));

		assertThat(admin.json("{\"latestLedgerBytes\":5000}").at("/faults/latestLedgerBytes").asInt()).isEqualTo(5000);
		assertThatIllegalArgumentException().isThrownBy(() -> this.chain.devnet.faults().latestLedgerBytes(-1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.chain.devnet.faults().latestLedgerBytes(14 * 1024 * 1024 + 1));
	}

	private String meta() {
		return this.chain.rpc.result("getLatestLedger", Map.of()).get("metadataXdr").asString();
	}

	private static String hex(String base64) {
		return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
	}

}
