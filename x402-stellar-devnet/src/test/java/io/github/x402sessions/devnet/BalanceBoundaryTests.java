package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Asset;
import org.stellar.sdk.ChangeTrustAsset;
import org.stellar.sdk.ChangeTrustOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bounds of an account's balance, and the issuer in both roles.
 */
class BalanceBoundaryTests {

	private final KeyPair issuer = Vectors.key("issuer");

	private final KeyPair user = Vectors.key("user");

	private final ManualNetwork chain = new ManualNetwork(
			StellarDevnet.builder().usdcIssuer(this.issuer.getAccountId()));

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void limitIsReachedAndNotPassed() {
		KeyPair payer = this.chain.holder("1");
		KeyPair modest = this.chain.account();
		trust(modest, "0.0000010");
		assertThat(transfer(payer, modest, BigInteger.TEN)).isEqualTo("SUCCESS");
		assertThat(transfer(payer, modest, BigInteger.ONE)).isEqualTo("Error(Contract, #10)");
		assertThat(this.chain.usdc(modest)).isEqualTo(10);
	}

	@Test
	void balanceIsSpentToTheLastUnitAndNotFurther() {
		KeyPair payer = this.chain.holder("0.0000007");
		KeyPair shop = this.chain.holder("0");
		assertThat(transfer(payer, shop, BigInteger.valueOf(8))).isEqualTo("Error(Contract, #10)");
		assertThat(transfer(payer, shop, BigInteger.valueOf(7))).isEqualTo("SUCCESS");
		assertThat(transfer(payer, shop, BigInteger.ONE)).isEqualTo("Error(Contract, #10)");
		assertThat(transfer(payer, shop, BigInteger.ZERO)).isEqualTo("SUCCESS");
	}

	@Test
	void amountThatNoAccountCanHaveIsAnOverflow() {
		KeyPair payer = this.chain.holder("1");
		KeyPair shop = this.chain.holder("0");
		assertThat(transfer(payer, shop, BigInteger.ONE.shiftLeft(63))).isEqualTo("Error(Contract, #12)");
		assertThat(transfer(payer, shop, BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE)))
			.isEqualTo("Error(Contract, #10)");
		assertThat(transfer(this.issuer, shop, BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE)))
			.isEqualTo("SUCCESS");
		assertThat(transfer(this.issuer, shop, BigInteger.ONE)).isNotEqualTo("SUCCESS");
		assertThat(transfer(payer, shop, BigInteger.valueOf(-1))).isEqualTo("Error(Contract, #8)");
	}

	@Test
	void issuerMintsByPayingAndBurnsByBeingPaid() {
		this.chain.devnet.fund(this.user.getAccountId());
		this.chain.devnet.faucet(this.user.getAccountId(), BigDecimal.ZERO);
		BigInteger minted = BigInteger.valueOf(1_000_000_000);
		BigInteger burnt = BigInteger.valueOf(5);
		assertThat(event(this.issuer, this.user, minted)).isEqualTo(Vectors.text("/events/mintWhenFromIsIssuer"));
		assertThat(this.chain.usdc(this.user)).isEqualTo(1_000_000_000);
		assertThat(event(this.user, this.issuer, burnt)).isEqualTo(Vectors.text("/events/burnWhenToIsIssuer"));
		assertThat(this.chain.usdc(this.user)).isEqualTo(999_999_995);
	}

	@Test
	void issuerIsAnOwnerLikeOthersToASpender() {
		KeyPair spender = this.chain.account();
		KeyPair shop = this.chain.holder("0");
		this.chain.approve(this.issuer, spender, 50, 1000);
		assertThat(this.chain.land(this.chain.transferFrom(spender, spender, this.issuer, shop, 50))
			.at("/status")
			.asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.usdc(shop)).isEqualTo(50);
		assertThat(this.chain.allowance(this.issuer, spender)).isZero();
		this.chain.approve(shop, spender, 50, 1000);
		assertThat(this.chain.land(this.chain.transferFrom(spender, spender, shop, this.issuer, 20))
			.at("/status")
			.asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.usdc(shop)).isEqualTo(30);
	}

	private void trust(KeyPair account, String limit) {
		this.chain.land(ManualNetwork.signed(this.chain.build(account,
				new ChangeTrustOperation.Builder(
						ChangeTrustAsset.create(Asset.create("USDC:" + this.issuer.getAccountId())), limit)
					.build()),
				account));
	}

	private String event(KeyPair from, KeyPair to, BigInteger amount) {
		return this.chain.land(this.chain.prepared(from, from, "transfer", args(from, to, amount)))
			.at("/events/contractEventsXdr/0/0")
			.asString();
	}

	/** Transfers, or tells the first line of why not. */
	private String transfer(KeyPair from, KeyPair to, BigInteger amount) {
		JsonNode simulated = this.chain.simulate(this.chain.call(from, from, "transfer", args(from, to, amount)));
		if (simulated.has("error")) {
			return simulated.get("error").asString().lines().findFirst().orElse("").replace("HostError: ", "");
		}
		return this.chain.land(this.chain.prepared(from, from, "transfer", args(from, to, amount)))
			.at("/status")
			.asString();
	}

	private static SCVal[] args(KeyPair from, KeyPair to, BigInteger amount) {
		return new SCVal[] { ManualNetwork.address(from), ManualNetwork.address(to), Scv.toInt128(amount) };
	}

}
