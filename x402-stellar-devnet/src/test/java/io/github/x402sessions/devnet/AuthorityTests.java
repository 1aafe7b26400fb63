package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.EnumSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Asset;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Operation;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.SetTrustlineFlagsOperation;
import org.stellar.sdk.Signer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SignerKey;
import org.stellar.sdk.xdr.TrustLineFlags;
import org.stellar.sdk.xdr.Uint256;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The signers of an account, and the holders that an issuer authorizes.
 */
class AuthorityTests {

	private final KeyPair issuer = KeyPair.random();

	private final ManualNetwork chain = new ManualNetwork(
			StellarDevnet.builder().usdcIssuer(this.issuer.getAccountId()));

	private final KeyPair owner = this.chain.account();

	private final KeyPair second = KeyPair.random();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void signersActTogetherWhenOneAloneWeighsTooLittle() {
		assertThat(land(this.owner,
				new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(this.second), 1)
					.setMediumThreshold(2)
					.setHighThreshold(2)
					.build()))
			.isEqualTo("SUCCESS");
		Transaction alone = approve();
		assertThat(this.chain.send(alone).get("status").asString()).isEqualTo("ERROR");
		alone.sign(KeyPair.random());
		assertThat(this.chain.send(alone).get("status").asString()).isEqualTo("ERROR");
		Transaction both = approve();
		both.sign(this.second);
		assertThat(this.chain.land(both).get("status").asString()).isEqualTo("SUCCESS");
	}

	@Test
	void signersAndThresholdsAreTakenBackByThoseWhoWeighEnough() {
		land(this.owner, new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(this.second), 5).build());
		land(this.owner, new SetOptionsOperation.Builder().setMasterKeyWeight(0).setHighThreshold(5).build());
		Operation back = new SetOptionsOperation.Builder().setMasterKeyWeight(1).build();
		assertThat(this.chain.send(ManualNetwork.signed(this.chain.build(this.owner, back), this.owner))
			.get("status")
			.asString()).isEqualTo("ERROR");
		assertThat(this.chain.land(ManualNetwork.signed(this.chain.build(this.owner, back), this.second))
			.get("status")
			.asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.land(ManualNetwork.signed(
				this.chain.build(this.owner,
						new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(this.second), 0).build()),
				this.second))
			.get("status")
			.asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.send(ManualNetwork.signed(this.chain.build(this.owner, back), this.second))
			.get("status")
			.asString()).isEqualTo("ERROR");
	}

	@Test
	void signerThatIsNoPointOfTheCurveStopsNothing() {
		SignerKey nobody = Signer.ed25519PublicKey(this.second);
		byte[] bytes = new byte[32];
		bytes[0] = 2;
		nobody.setEd25519(new Uint256(bytes));
		assertThat(land(this.owner, new SetOptionsOperation.Builder().setSigner(nobody, 1).build()))
			.isEqualTo("SUCCESS");
		assertThat(this.chain.land(approve()).get("status").asString()).isEqualTo("SUCCESS");
	}

	@Test
	void wrongOptionsFail() {
		assertThat(options(new SetOptionsOperation.Builder().setSetFlags(16))).isEqualTo("SET_OPTIONS_UNKNOWN_FLAG");
		assertThat(options(new SetOptionsOperation.Builder().setSetFlags(1).setClearFlags(1)))
			.isEqualTo("SET_OPTIONS_BAD_FLAGS");
		assertThat(options(new SetOptionsOperation.Builder().setLowThreshold(256)))
			.isEqualTo("SET_OPTIONS_THRESHOLD_OUT_OF_RANGE");
		assertThat(options(new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(this.owner), 1)))
			.isEqualTo("SET_OPTIONS_BAD_SIGNER");
		assertThat(options(new SetOptionsOperation.Builder().setSetFlags(8)))
			.isEqualTo("SET_OPTIONS_AUTH_REVOCABLE_REQUIRED");
		assertThat(options(new SetOptionsOperation.Builder().setSetFlags(4))).isEqualTo("SET_OPTIONS_SUCCESS");
		assertThat(options(new SetOptionsOperation.Builder().setSetFlags(1))).isEqualTo("SET_OPTIONS_CANT_CHANGE");
	}

	@Test
	void deauthorizedHolderCannotBeDebitedUntilAuthorizedAgain() {
		KeyPair payer = this.chain.holder("10");
		this.chain.devnet.faucet(this.owner.getAccountId(), BigDecimal.ZERO);
		Operation revoke = flags(payer, EnumSet.of(TrustLineFlags.AUTHORIZED_FLAG),
				EnumSet.noneOf(TrustLineFlags.class));
		assertThat(code(this.issuer, revoke)).isEqualTo("SET_TRUST_LINE_FLAGS_CANT_REVOKE");
		land(this.issuer, new SetOptionsOperation.Builder().setSetFlags(2).build());
		assertThat(code(this.owner, revoke)).isEqualTo("SET_TRUST_LINE_FLAGS_MALFORMED");
		assertThat(code(this.issuer, revoke)).isEqualTo("SET_TRUST_LINE_FLAGS_SUCCESS");
		Transaction transfer = this.chain.call(payer, payer, "transfer", ManualNetwork.address(payer),
				ManualNetwork.address(this.owner), ManualNetwork.amount(1));
		assertThat(this.chain.simulate(transfer).get("error").asString()).startsWith("HostError: Error(Contract, #11)");
		code(this.issuer,
				flags(payer, EnumSet.noneOf(TrustLineFlags.class), EnumSet.of(TrustLineFlags.AUTHORIZED_FLAG)));
		assertThat(this.chain.simulate(transfer).has("error")).isFalse();
		assertThat(
				code(this.issuer,
						flags(KeyPair.random(), EnumSet.noneOf(TrustLineFlags.class),
								EnumSet.of(TrustLineFlags.AUTHORIZED_FLAG))))
			.isEqualTo("SET_TRUST_LINE_FLAGS_NO_TRUST_LINE");
	}

	private Operation flags(KeyPair holder, EnumSet<TrustLineFlags> clear, EnumSet<TrustLineFlags> set) {
		return new SetTrustlineFlagsOperation.Builder(holder.getAccountId(),
				Asset.create(null, "USDC", this.issuer.getAccountId()), clear, set)
			.build();
	}

	private String options(SetOptionsOperation.Builder options) {
		return this.chain.outcome(ManualNetwork.signed(this.chain.build(this.owner, options.build()), this.owner))
			.getResult()
			.getResults()[0].getTr()
			.getSetOptionsResult()
			.getDiscriminant()
			.name();
	}

	private String code(KeyPair source, Operation operation) {
		return this.chain.outcome(ManualNetwork.signed(this.chain.build(source, operation), source))
			.getResult()
			.getResults()[0].getTr()
			.getSetTrustLineFlagsResult()
			.getDiscriminant()
			.name();
	}

	private String land(KeyPair source, Operation operation) {
		return this.chain.land(ManualNetwork.signed(this.chain.build(source, operation), source))
			.get("status")
			.asString();
	}

	private Transaction approve() {
		return this.chain.prepared(this.owner, this.owner, "approve", ManualNetwork.address(this.owner),
				ManualNetwork.address(this.second), ManualNetwork.amount(1), Scv.toUint32(100L));
	}

}
