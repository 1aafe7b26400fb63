package io.github.x402sessions.client;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;

import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.devnet.StellarDevnet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SessionClient} with a ledger: the approval is checked and applied by
 * the devnet.
 */
class SessionOnDevnetTests {

	private static StellarDevnet devnet;

	private final SessionSigner payer = SessionSigner.random();

	@BeforeAll
	static void start() throws IOException {
		devnet = StellarDevnet.builder().port(0).ledgerInterval(Duration.ofMillis(200)).start();
	}

	@AfterAll
	static void stop() {
		devnet.close();
	}

	@Test
	void approveIsAppliedOnce() {
		fund();
		Session session = open();
		assertThat(session.user()).isEqualTo(this.payer.accountId());
		assertThat(session.expirationLedger()).isBetween(devnet.latestLedger() + 700, devnet.latestLedger() + 720);
		assertThat(open().approvalTransaction()).isNotEqualTo(session.approvalTransaction());
	}

	@Test
	void accountThatDoesNotExistCannotApprove() {
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(this::open)
			.withMessageContaining("account " + this.payer.accountId() + " does not exist");
	}

	@Test
	void accountWithoutATrustlineIsToldBeforeItSigns() {
		devnet.fund(this.payer.accountId());
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(this::open)
			.withMessage("nothing was signed: account " + this.payer.accountId() + " has no trustline for the asset "
					+ devnet.usdcContract() + "; it has to be opened first");
		devnet.faucet(this.payer.accountId(), BigDecimal.ZERO);
		assertThat(open().id()).isEqualTo(FakeFacilitator.ID);
	}

	@Test
	void busyNetworkIsAskedAgain() {
		fund();
		devnet.faults().rejectSends(2);
		assertThat(open().id()).isEqualTo(FakeFacilitator.ID);
	}

	@Test
	void lostTransactionTakesNoEffectOnceItsTimeIsOver() {
		fund();
		devnet.faults().dropNextTransaction();
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(() -> open(Duration.ofSeconds(1)))
			.withMessageContaining("no ledger took it before it expired");
	}

	private void fund() {
		devnet.fund(this.payer.accountId());
		devnet.faucet(this.payer.accountId(), BigDecimal.TEN);
	}

	private Session open() {
		return open(Duration.ofSeconds(60));
	}

	private Session open(Duration validity) {
		try (FakeFacilitator facilitator = new FakeFacilitator()
			.offering("session", "stellar:testnet", "spender", SessionSigner.random().accountId())
			.registering(FakeFacilitator.created())) {
			return SessionClient.builder()
				.signer(this.payer)
				.facilitator(facilitator.uri())
				.rpc(devnet.rpcUri())
				.recipient(SessionSigner.random().accountId())
				.cap("1.00")
				.expiresIn(Duration.ofHours(1))
				.waiting(new ApprovalTimeouts(validity, Duration.ofSeconds(30), Duration.ofMillis(20)),
						RegistrationRetry.DEFAULT)
				.open();
		}
	}

}
