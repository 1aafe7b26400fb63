package io.github.x402sessions.stellar.approval;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.stellar.sdk.Network;

import static io.github.x402sessions.stellar.ProtocolVectors.at;
import static io.github.x402sessions.stellar.ProtocolVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

class SignedApprovalReaderTests {

	private static final String VECTOR = "/approve/";

	@Test
	void readsTheApproveOfTheProtocol() {
		ReceivedApproval approve = new ReceivedApprovalReader(new Network(text("/networkPassphrase")))
			.read(text(VECTOR + "envelope"));
		assertThat(approve.approval()).isEqualTo(new Approval(text(VECTOR + "hash"), text(VECTOR + "asset"),
				text("/keys/user/address"), text("/keys/spender/address"), new BigInteger(text(VECTOR + "amount")),
				at(VECTOR + "expirationLedger").asLong(), 0));
	}

}
