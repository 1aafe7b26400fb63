package io.github.x402sessions.stellar.balance;

import io.github.x402sessions.stellar.DevnetChain;
import io.github.x402sessions.stellar.rpc.ChainException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TrustlineCheckTests {

	private static final DevnetChain CHAIN = new DevnetChain();

	@AfterAll
	static void close() {
		CHAIN.close();
	}

	@Test
	void accountNeedsATrustline() {
		assertThatExceptionOfType(ChainException.class)
			.isThrownBy(() -> holding(CHAIN.account().address()).require(CHAIN.rpc))
			.withMessageContaining("has no trustline");
		assertThatCode(() -> holding(CHAIN.holder(0).address()).require(CHAIN.rpc)).doesNotThrowAnyException();
	}

	private static TrustlineCheck holding(String account) {
		return new TrustlineCheck(account, CHAIN.asset, DevnetChain.PASSPHRASE);
	}

}
