package io.github.x402sessions.stellar.transaction;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.stellar.ApproveVector;
import io.github.x402sessions.stellar.xdr.ContractCall;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Account;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.scval.Scv;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCallTests {

	private final ApproveVector vector = ApproveVector.read();

	@Test
	void partiesAreTheAddressesBeforeTheAmount() {
		assertThat(TokenCall.of(this.vector.envelope())).isEqualTo(new TokenCall(this.vector.asset(), "approve",
				List.of(this.vector.user(), this.vector.spender()), new BigInteger(this.vector.amount())));
	}

	@Test
	void callsWithoutAnAmountAreNone() {
		InvokeHostFunctionOperation balance = ContractCall.operation(this.vector.asset(), "balance", null,
				Scv.toAddress(this.vector.user()));
		assertThat(TokenCall.of(envelope(balance))).isNull();
		assertThat(TokenCall.of(envelope(ContractCall.operation(this.vector.asset(), "name", null)))).isNull();
		assertThat(
				TokenCall.of(envelope(ContractCall.operation(this.vector.asset(), "vote", null, Scv.toSymbol("yes")))))
			.isNull();
	}

	@Test
	void whatIsNoEnvelopeIsNone() {
		assertThat(TokenCall.of("AAAA")).isNull();
		assertThat(TokenCall.of("?")).isNull();
	}

	private String envelope(InvokeHostFunctionOperation call) {
		return new TransactionBuilder(new Account(this.vector.user(), 1L), Network.TESTNET).addOperation(call)
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, 0)).build())
			.setBaseFee(100)
			.build()
			.toEnvelopeXdrBase64();
	}

}
