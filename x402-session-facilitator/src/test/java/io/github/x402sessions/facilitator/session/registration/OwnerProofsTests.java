package io.github.x402sessions.facilitator.session.registration;

import io.github.x402sessions.facilitator.Proofs;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.approval.ContractConsent;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.transfer.Parties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whose signature counts as the payer's.
 */
class OwnerProofsTests {

	private static final String CONTRACT = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";

	private final KeyPair payer = KeyPair.random();

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final FakeLedger ledger = new FakeLedger(this.node);

	private final OwnerProofs proofs = new OwnerProofs(
			new LedgerState(this.node, FakeLedger.NETWORK.getNetworkPassphrase()),
			new ContractConsent(this.node, FakeLedger.NETWORK.getNetworkPassphrase(), KeyPair.random().getAccountId()));

	@Test
	void payerWhoseKeyMayApproveAloneProves() {
		this.ledger.account(this.payer.getAccountId(), 1, 2, 2);
		assertThatCode(() -> require(this.payer.getAccountId(), "text", Proofs.of("text", this.payer)))
			.doesNotThrowAnyException();
	}

	@Test
	void signatureIsThePayersAndOverThisText() {
		this.ledger.account(this.payer.getAccountId(), 1);
		assertRefused(this.payer.getAccountId(), Proofs.of("text", KeyPair.random()), "no proof");
		assertRefused(this.payer.getAccountId(), Proofs.of("another text", this.payer), "no proof");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "!", "AAAA", "not base64 at all" })
	void whatIsNoSignatureProvesNothing(String proof) {
		this.ledger.account(this.payer.getAccountId(), 1);
		assertRefused(this.payer.getAccountId(), proof, "no proof");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 2" })
	void keyThatWasReplacedOrNeedsOthersProvesNothing(int weight, int threshold) {
		this.ledger.account(this.payer.getAccountId(), 1, weight, threshold);
		assertRefused(this.payer.getAccountId(), Proofs.of("text", this.payer), "may not approve alone");
	}

	@Test
	void accountThatIsNotThereYetMayTryAgain() {
		assertThatExceptionOfType(RegistrationException.class)
			.isThrownBy(() -> require(this.payer.getAccountId(), "text", Proofs.of("text", this.payer)))
			.matches(RegistrationException::isTemporary);
	}

	@Test
	void contractProvesByAnAuthorisationAndNotByAnybodysKey() {
		assertRefused(CONTRACT, Proofs.of("text", this.payer), "no proof");
	}

	@Test
	void registrationWithoutAProofIsNotAskedForOne() {
		RegistrationRequest request = new RegistrationRequest("a".repeat(64), this.payer.getAccountId(), CONTRACT,
				"GSHOP", "1", 900, "n", null, null, null);
		assertThatCode(() -> this.proofs.require(request)).doesNotThrowAnyException();
	}

	@Test
	void registrationIsProvenOverItsTerms() {
		this.ledger.account(this.payer.getAccountId(), 1);
		String proof = Proofs.of("x402-session:v1:n:" + CONTRACT + ":GSHOP:1:900:" + "a".repeat(64), this.payer);
		assertThatCode(() -> this.proofs.require(registration("1", proof))).doesNotThrowAnyException();
		assertThatExceptionOfType(RegistrationException.class)
			.isThrownBy(() -> this.proofs.require(registration("2", proof)))
			.withMessageContaining("'proof'");
	}

	private RegistrationRequest registration(String cap, String proof) {
		return new RegistrationRequest("a".repeat(64), this.payer.getAccountId(), CONTRACT, "GSHOP", cap, 900, "n",
				proof, null, null);
	}

	private void assertRefused(String payer, String proof, String message) {
		assertThatExceptionOfType(RegistrationException.class).isThrownBy(() -> require(payer, "text", proof))
			.withMessageContaining(message)
			.matches((refusal) -> !refusal.isTemporary());
	}

	private void require(String payer, String text, String proof) {
		this.proofs.requireSigned(new Parties(CONTRACT, payer, KeyPair.random().getAccountId()), text, proof,
				"no proof");
	}

}
