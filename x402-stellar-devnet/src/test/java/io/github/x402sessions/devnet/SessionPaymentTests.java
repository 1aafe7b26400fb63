package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.responses.sorobanrpc.GetTransactionResponse;
import org.stellar.sdk.responses.sorobanrpc.SendTransactionResponse;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.Transaction;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The transactions of a session: one approval, then transfers by the spender.
 */
class SessionPaymentTests {

	private final ManualNetwork chain = new ManualNetwork();

	private KeyPair payer;

	private KeyPair spender;

	private KeyPair merchant;

	@BeforeEach
	void open() {
		this.payer = this.chain.holder("5");
		this.spender = this.chain.account();
		this.merchant = this.chain.holder("0");
	}

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void spenderMovesWhatWasApproved() {
		this.chain.approve(this.payer, this.spender, 1_000_000, 1000);

		JsonNode paid = this.chain
			.land(this.chain.transferFrom(this.spender, this.spender, this.payer, this.merchant, 400_000));

		assertThat(paid.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.usdc(this.merchant)).isEqualTo(400_000);
		assertThat(this.chain.usdc(this.payer)).isEqualTo(49_600_000);
		assertThat(this.chain.allowance(this.payer, this.spender)).isEqualTo(600_000);
	}

	@Test
	void channelAccountsLetOneSpenderSettleManyTimesInALedger() {
		this.chain.approve(this.payer, this.spender, 1_000_000, 1000);
		KeyPair first = this.chain.account();
		KeyPair second = this.chain.account();
		Transaction one = this.chain.transferFrom(first, this.spender, this.payer, this.merchant, 100_000);
		Transaction two = this.chain.transferFrom(second, this.spender, this.payer, this.merchant, 200_000);

		assertThat(this.chain.send(one).get("status").asString()).isEqualTo("PENDING");
		assertThat(this.chain.send(two).get("status").asString()).isEqualTo("PENDING");
		long ledger = this.chain.devnet.closeLedger();

		assertThat(this.chain.applied(one).get("ledger").asLong()).isEqualTo(ledger);
		assertThat(this.chain.applied(two).get("ledger").asLong()).isEqualTo(ledger);
		assertThat(this.chain.usdc(this.merchant)).isEqualTo(300_000);
	}

	@Test
	void javaSdkSeesWhatItExpects() {
		Transaction approve = this.chain.prepared(this.payer, this.payer, "approve", ManualNetwork.address(this.payer),
				ManualNetwork.address(this.spender), ManualNetwork.amount(7), Scv.toUint32(500));

		SendTransactionResponse sent = ManualNetwork.ask(() -> this.chain.server.sendTransaction(approve));
		assertThat(sent.getStatus()).isEqualTo(SendTransactionResponse.SendTransactionStatus.PENDING);
		GetTransactionResponse early = ManualNetwork.ask(() -> this.chain.server.getTransaction(approve.hashHex()));
		assertThat(early.getStatus()).isEqualTo(GetTransactionResponse.GetTransactionStatus.NOT_FOUND);
		long ledger = this.chain.devnet.closeLedger();

		GetTransactionResponse landed = ManualNetwork.ask(() -> this.chain.server.getTransaction(approve.hashHex()));
		assertThat(landed.getStatus()).isEqualTo(GetTransactionResponse.GetTransactionStatus.SUCCESS);
		assertThat(landed.getLedger()).isEqualTo(ledger);
		assertThat(landed.getApplicationOrder()).isEqualTo(1);
		assertThat(ManualNetwork.ask(() -> this.chain.server.getLatestLedger()).getSequence()).isEqualTo((int) ledger);
		assertThat(ManualNetwork.ask(() -> this.chain.server.getNetwork()).getPassphrase())
			.isEqualTo(this.chain.devnet.networkPassphrase());
		assertThat(ManualNetwork.ask(() -> this.chain.server.getHealth()).getStatus()).isEqualTo("healthy");
	}

	@Test
	void newApprovalReplacesTheOld() {
		this.chain.approve(this.payer, this.spender, 1_000_000, 1000);
		this.chain.approve(this.payer, this.spender, 300_000, 400);

		assertThat(this.chain.allowance(this.payer, this.spender)).isEqualTo(300_000);

		this.chain.approve(this.payer, this.spender, 0, 400);
		assertThat(this.chain.allowance(this.payer, this.spender)).isEqualTo(BigInteger.ZERO);
	}

	@Test
	void feeOfAFailedCallKeepsOnlyWhatIsNotRefunded() {
		this.chain.approve(this.payer, this.spender, 1_000_000, 1000);
		Transaction paying = this.chain.transferFrom(this.spender, this.spender, this.payer, this.merchant, 900_000);
		this.chain.approve(this.payer, this.spender, 1, 1000);

		JsonNode failed = this.chain.land(paying);

		assertThat(failed.get("status").asString()).isEqualTo("FAILED");
		assertThat(failed.at("/resultMetaXdr").asString()).isNotEmpty();
		assertThat(failed.at("/events/contractEventsXdr")).isEmpty();
		assertThat(DiagnosticErrors.of(failed)).contains("Error(Contract, #9)");
		assertThat(ResultXdr.feeCharged(failed)).isEqualTo(17_696 + 100);
		assertThat(this.chain.usdc(this.merchant)).isZero();
	}

}
