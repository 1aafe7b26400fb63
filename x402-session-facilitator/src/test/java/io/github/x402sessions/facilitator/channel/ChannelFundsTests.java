package io.github.x402sessions.facilitator.channel;

import io.github.x402sessions.stellar.balance.AccountState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a channel gets how much. What a transaction costs at most is 100.
 */
class ChannelFundsTests {

	/** Half of the target is 25,000,000. */
	private final ChannelFunds funds = new ChannelFunds(50_000_000, 100);

	@ParameterizedTest
	@CsvSource({ "50000000, 40000000, 0", "25000000, 15000000, 0", "24999999, 14999999, 25000001", "30000000, 500, 0",
			"30000000, 499, 20000000" })
	void channelIsFilledUpOnceItIsLow(long balance, long spendable, long wanted) {
		assertThat(this.funds.wanted(account(balance, spendable))).isEqualTo(wanted);
	}

	@Test
	void targetIsTheOperatorsOrWhatTenTransactionsCost() {
		assertThat(this.funds.target()).isEqualTo(50_000_000);
		assertThat(new ChannelFunds(1, 100).target()).isEqualTo(10_001_000);
	}

	@Test
	void channelPaysAsLongAsItHasOneTransaction() {
		assertThat(this.funds.canPay(account(0, 100))).isTrue();
		assertThat(this.funds.canPay(account(0, 99))).isFalse();
	}

	@Test
	void spenderKeepsFeesOfItsOwn() {
		assertThat(this.funds.toSpare(account(0, 1_500))).isEqualTo(1_000);
	}

	private static AccountState account(long balance, long spendable) {
		return new AccountState(1, 1, balance, 1, 0, spendable);
	}

}
