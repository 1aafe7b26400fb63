package io.github.x402sessions.devnet;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.SCVal;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rights of an issuer over its asset's contract, and their denial to others.
 */
class AssetAdministrationTests {

	private final KeyPair issuer = KeyPair.random();

	private final ManualNetwork chain = new ManualNetwork(
			StellarDevnet.builder().usdcIssuer(this.issuer.getAccountId()));

	private final KeyPair holder = this.chain.holder("1");

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void issuerMintsAndNobodyElse() {
		JsonNode minted = land(this.issuer, "mint", ManualNetwork.address(this.holder), ManualNetwork.amount(5));
		assertThat(minted.at("/status").asString()).isEqualTo("SUCCESS");
		assertThat(Events.topics(minted)).containsExactly(Scv.toSymbol("mint"), ManualNetwork.address(this.holder),
				name());
		assertThat(Events.data(minted)).isEqualTo(ManualNetwork.amount(5));
		assertThat(this.chain.usdc(this.holder)).isEqualTo(10_000_005);
		assertThat(error(this.issuer, "mint", ManualNetwork.address(this.issuer), ManualNetwork.amount(5)))
			.isEqualTo("Error(Contract, #2)");
		assertThat(error(this.issuer, "mint", ManualNetwork.address(this.holder), ManualNetwork.amount(-1)))
			.isEqualTo("Error(Contract, #8)");
		assertThat(error(this.issuer, "mint", ManualNetwork.address(this.chain.account()), ManualNetwork.amount(1)))
			.isEqualTo("Error(Contract, #13)");
		JsonNode stolen = this.chain.simulate(this.chain.call(this.holder, this.holder, "mint",
				ManualNetwork.address(this.holder), ManualNetwork.amount(5)));
		assertThat(stolen.at("/results/0/auth/0").asString()).as("the issuer has to sign").startsWith("AAAAAQ");
	}

	@Test
	void holdersBurnTheirOwnAndWhatTheyMay() {
		JsonNode burnt = land(this.holder, "burn", ManualNetwork.address(this.holder), ManualNetwork.amount(4));
		assertThat(Events.topics(burnt)).containsExactly(Scv.toSymbol("burn"), ManualNetwork.address(this.holder),
				name());
		KeyPair spender = this.chain.account();
		this.chain.approve(this.holder, spender, 10, 1000);
		assertThat(land(spender, "burn_from", ManualNetwork.address(spender), ManualNetwork.address(this.holder),
				ManualNetwork.amount(6))
			.at("/status")
			.asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.usdc(this.holder)).isEqualTo(9_999_990);
		assertThat(this.chain.allowance(this.holder, spender)).isEqualTo(4);
		assertThat(error(spender, "burn_from", ManualNetwork.address(spender), ManualNetwork.address(this.holder),
				ManualNetwork.amount(5)))
			.isEqualTo("Error(Contract, #9)");
		assertThat(error(this.issuer, "burn", ManualNetwork.address(this.issuer), ManualNetwork.amount(5)))
			.isEqualTo("Error(Contract, #2)");
		assertThat(error(this.holder, "burn", ManualNetwork.address(this.holder), ManualNetwork.amount(10_000_000)))
			.isEqualTo("Error(Contract, #10)");
	}

	@Test
	void whatCanBeClawedBackIsMarked() {
		assertThat(error(this.issuer, "clawback", ManualNetwork.address(this.holder), ManualNetwork.amount(1)))
			.isEqualTo("Error(Contract, #10)");
		setFlags(10);
		KeyPair marked = this.chain.account();
		assertThat(land(marked, "trust", ManualNetwork.address(marked)).at("/status").asString()).isEqualTo("SUCCESS");
		land(this.issuer, "mint", ManualNetwork.address(marked), ManualNetwork.amount(7));
		JsonNode taken = land(this.issuer, "clawback", ManualNetwork.address(marked), ManualNetwork.amount(3));
		assertThat(Events.topics(taken)).containsExactly(Scv.toSymbol("clawback"), ManualNetwork.address(marked),
				name());
		assertThat(this.chain.usdc(marked)).isEqualTo(4);
		assertThat(error(this.issuer, "clawback", ManualNetwork.address(marked), ManualNetwork.amount(5)))
			.isEqualTo("Error(Contract, #10)");
	}

	@Test
	void authorizationIsTakenOnlyByAnIssuerThatMay() {
		assertThat(error(this.issuer, "set_authorized", ManualNetwork.address(this.holder), Scv.toBoolean(false)))
			.isEqualTo("Error(Contract, #2)");
		setFlags(2);
		JsonNode taken = land(this.issuer, "set_authorized", ManualNetwork.address(this.holder), Scv.toBoolean(false));
		assertThat(Events.topics(taken)).containsExactly(Scv.toSymbol("set_authorized"),
				ManualNetwork.address(this.holder), name());
		assertThat(Events.data(taken)).isEqualTo(Scv.toBoolean(false));
		assertThat(view("authorized", ManualNetwork.address(this.holder))).isEqualTo(Scv.toBoolean(false));
		assertThat(error(this.holder, "burn", ManualNetwork.address(this.holder), ManualNetwork.amount(1)))
			.isEqualTo("Error(Contract, #11)");
		land(this.issuer, "set_authorized", ManualNetwork.address(this.holder), Scv.toBoolean(true));
		assertThat(view("authorized", ManualNetwork.address(this.holder))).isEqualTo(Scv.toBoolean(true));
	}

	@Test
	void contractsAreAuthorizedAndClawedBackLikeAccounts() {
		setFlags(10);
		SCVal contract = Scv.toAddress(this.chain.devnet.usdcContract());
		land(this.issuer, "mint", contract, ManualNetwork.amount(9));
		land(this.issuer, "set_authorized", contract, Scv.toBoolean(false));
		assertThat(error(this.issuer, "mint", contract, ManualNetwork.amount(1))).isEqualTo("Error(Contract, #11)");
		land(this.issuer, "clawback", contract, ManualNetwork.amount(4));
		assertThat(view("balance", contract)).isEqualTo(ManualNetwork.amount(5));
		assertThat(view("authorized", contract)).as("is kept by a change of the amount")
			.isEqualTo(Scv.toBoolean(false));
	}

	@Test
	void administratorHandsOver() {
		KeyPair next = this.chain.account();
		assertThat(view("admin")).isEqualTo(ManualNetwork.address(this.issuer));
		JsonNode handed = land(this.issuer, "set_admin", ManualNetwork.address(next));
		assertThat(Events.topics(handed)).containsExactly(Scv.toSymbol("set_admin"), ManualNetwork.address(this.issuer),
				name());
		assertThat(Events.data(handed)).isEqualTo(ManualNetwork.address(next));
		assertThat(view("admin")).isEqualTo(ManualNetwork.address(next));
		assertThat(land(next, "mint", ManualNetwork.address(this.holder), ManualNetwork.amount(1)).at("/status")
			.asString()).isEqualTo("SUCCESS");
		assertThat(view("name")).isEqualTo(name());
	}

	@Test
	void trustIsOpenedOnceAndNotForTheIssuer() {
		KeyPair newcomer = this.chain.account();
		assertThat(error(newcomer, "balance", ManualNetwork.address(newcomer))).isEqualTo("Error(Contract, #13)");
		land(newcomer, "trust", ManualNetwork.address(newcomer));
		land(newcomer, "trust", ManualNetwork.address(newcomer));
		assertThat(view("balance", ManualNetwork.address(newcomer))).isEqualTo(ManualNetwork.amount(0));
		assertThat(error(this.issuer, "trust", ManualNetwork.address(this.issuer))).isEqualTo("Error(Contract, #2)");
	}

	private SCVal name() {
		return Scv.toString("USDC:" + this.issuer.getAccountId());
	}

	private void setFlags(int flags) {
		this.chain.land(ManualNetwork.signed(
				this.chain.build(this.issuer, new SetOptionsOperation.Builder().setSetFlags(flags).build()),
				this.issuer));
	}

	private SCVal view(String function, SCVal... args) {
		return this.chain.view(this.holder, function, args);
	}

	private JsonNode land(KeyPair actor, String function, SCVal... args) {
		return this.chain.land(this.chain.prepared(actor, actor, function, args));
	}

	private String error(KeyPair actor, String function, SCVal... args) {
		return this.chain.simulate(this.chain.call(actor, actor, function, args))
			.path("error")
			.asString("none")
			.lines()
			.findFirst()
			.orElse("")
			.replace("HostError: ", "");
	}

	/** Reads the first event of a transaction with the SDK. */
	private static final class Events {

		static List<SCVal> topics(JsonNode applied) {
			return List.of(body(applied).getTopics());
		}

		static SCVal data(JsonNode applied) {
			return body(applied).getData();
		}

		private static ContractEvent.ContractEventBody.ContractEventV0 body(JsonNode applied) {
			String event = applied.at("/events/contractEventsXdr/0/0").asString();
			return ManualNetwork.ask(() -> ContractEvent.fromXdrBase64(event)).getBody().getV0();
		}

	}

}
