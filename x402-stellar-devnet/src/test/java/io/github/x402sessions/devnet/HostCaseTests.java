package io.github.x402sessions.devnet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.contract.authorization.CredentialsForm;
import io.github.x402sessions.devnet.contract.runtime.HostError;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.Uint32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Sequences of calls of an asset contract against what the real contract host
 * (soroban-env-host 27) answered to each: outcome, errors, footprint, sizes, events and
 * what the ledger holds then exactly, instructions nearly.
 */
class HostCaseTests {

	/** How far the model of the instructions may be off. */
	private static final double TOLERANCE = 3;

	static Stream<Arguments> cases() throws IOException {
		try (InputStream in = HostCaseTests.class.getResourceAsStream("/host-differences.json")) {
			return JsonMapper.shared()
				.readTree(Objects.requireNonNull(in))
				.get("cases")
				.valueStream()
				.filter((found) -> found.has("steps"))
				.map((found) -> arguments(found.get("case").asString(), found))
				.toList()
				.stream();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void devnetAnswersAsTheHost(String name, JsonNode found) throws IOException {
		HostCaseKeys cast = HostCaseKeys.of(found.get("steps"));
		try (HostCaseNetwork stage = new HostCaseNetwork(found.get("setup"), cast)) {
			for (JsonNode step : found.get("steps")) {
				stage.reach(step.get("simulated_at").asLong());
				new Step(stage, step, found.at("/setup/native").asBoolean()).play();
			}
		}
	}

	/**
	 * One call: simulated, and sent as the case says.
	 *
	 * @param stage the network
	 * @param step the call and what the host answered
	 * @param lumens whether it is the contract of lumens
	 */
	private record Step(HostCaseNetwork stage, JsonNode step, boolean lumens) {

		void play() {
			Transaction call = this.stage.call(this.step, List.of());
			JsonNode simulated = this.stage.chain.rpc.result("simulateTransaction",
					Map.of("transaction", this.stage.signed(RawTransaction.of(call), this.step), "useUpgradedAuth",
							auth("v2").asBoolean(false)));
			checkSimulation(simulated, this.step.at("/expected/simulate"));
			if (this.step.get("applied_in").isNumber()) {
				JsonNode applied = apply(call, simulated);
				checkApplied(applied, this.step.at("/expected/apply"));
			}
		}

		private void checkSimulation(JsonNode simulated, JsonNode expected) {
			if (!expected.get("ok").asBoolean()) {
				assertThat(simulated.path("error").asString("no error").lines().findFirst()).as(title())
					.contains("HostError: " + expected.get("error").asString());
				assertThat(message(errors(simulated.path("events")))).as(title())
					.isEqualTo(expected.get("message").asString(null));
				return;
			}
			assertThat(simulated.path("error").asString("none")).as(title()).isEqualTo("none");
			SorobanTransactionData data = data(simulated);
			List<String> readWrite = written(data.getResources().getFootprint().getReadWrite());
			assertThat(written(data.getResources().getFootprint().getReadOnly())).as(title())
				.isEqualTo(texts(expected.get("readOnly")));
			assertThat(readWrite).as(title()).isEqualTo(texts(expected.get("readWrite")));
			assertThat(number(data.getResources().getReadBytes())).as(title() + " reads")
				.isEqualTo(expected.get("diskReadBytes").asLong());
			assertThat(number(data.getResources().getWriteBytes())).as(title() + " writes")
				.isEqualTo(expected.get("writeBytes").asLong());
			assertThat(instructions(data)).as(title())
				.isCloseTo(expected.get("instructions_recorded").asLong(), withinPercentage(TOLERANCE));
			assertThat(this.stage.values.json(this.stage.values.written(value(simulated.at("/results/0/xdr")))))
				.as(title())
				.isEqualTo(expected.get("result"));
			assertThat(simulated.at("/results/0/auth").valueStream().map(Step::credentials)).as(title())
				.isEqualTo(texts(expected.get("auth")));
			assertThat(simulated.path("stateChanges")
				.valueStream()
				.map((change) -> this.stage.values
					.written(ManualNetwork.ask(() -> LedgerKey.fromXdrBase64(change.get("key").asString())))))
				.as(title())
				.isEqualTo(readWrite);
		}

		/** What was used, before the margin that the simulation adds. */
		private static long instructions(SorobanTransactionData data) {
			long declared = number(data.getResources().getInstructions());
			return (declared > 1_300_000) ? declared * 100 / 104 : declared - 50_000;
		}

		private JsonNode apply(Transaction call, JsonNode simulated) {
			SorobanTransactionData data = simulated.has("transactionData") ? data(simulated)
					: this.stage.wide(this.step, this.lumens);
			String envelope = this.stage.signed(transaction(call, data), this.step);
			JsonNode sent = this.stage.chain.rpc.result("sendTransaction", Map.of("transaction", envelope));
			assertThat(sent.get("status").asString()).as(sent.toString()).isEqualTo("PENDING");
			this.stage.chain.devnet.closeLedger();
			return this.stage.chain.rpc.result("getTransaction", Map.of("hash", sent.get("hash").asString()));
		}

		private RawTransaction transaction(Transaction call, SorobanTransactionData data) {
			InvokeContractArgs args = call.toEnvelopeXdr().getV1().getTx().getOperations()[0].getBody()
				.getInvokeHostFunctionOp()
				.getHostFunction()
				.getInvokeContract();
			return switch (auth("kind").asString()) {
				case "source" -> RawTransaction
					.of(this.stage.call(this.step, List.of(SignedAuthorization.ofSource(args)), plenty(data)));
				case "none" -> RawTransaction.of(this.stage.call(this.step, List.of(), plenty(data)));
				default -> consented(args, data);
			};
		}

		private RawTransaction consented(InvokeContractArgs args, SorobanTransactionData data) {
			String who = auth("who").asString();
			SignedAuthorization consent = new SignedAuthorization(this.stage.cast.address(who), auth("nonce").asLong(),
					auth("exp").asLong(), args);
			boolean naming = auth("v2").asBoolean(false);
			byte[] payload = consent.payload(
					XdrCodec.sha256(this.stage.chain.devnet.networkPassphrase().getBytes(StandardCharsets.UTF_8)),
					naming);
			SorobanAuthorizationEntry entry = consent
				.entry(SignedAuthorization.signatures(this.stage.cast.key(who), payload, auth("bad").asString("")));
			RawTransaction transaction = RawTransaction
				.of(this.stage.call(this.step, List.of(entry), withNonce(consent, data)));
			byte[] plain = XdrCodec.bytes(entry::toXdrByteArray);
			byte[] rest = Arrays.copyOfRange(plain, Integer.BYTES, plain.length);
			return naming ? transaction.replace(plain,
					new XdrWriter().int32(CredentialsForm.NAMING.number()).raw(rest).toBytes()) : transaction;
		}

		/** The recorded nonce is not the one that is signed. */
		private static SorobanTransactionData withNonce(SignedAuthorization consent, SorobanTransactionData data) {
			List<LedgerKey> readWrite = new ArrayList<>();
			for (LedgerKey key : data.getResources().getFootprint().getReadWrite()) {
				boolean nonce = key.getContractData() != null
						&& key.getContractData().getKey().getDiscriminant() == SCValType.SCV_LEDGER_KEY_NONCE;
				readWrite.add(
						nonce ? EntryKey
							.contractData(consent.address(), Scv.toLedgerKeyNonce(consent.nonce()),
									ContractDataDurability.TEMPORARY)
							.toXdr() : key);
			}
			return HostCaseNetwork.resources(List.of(data.getResources().getFootprint().getReadOnly()), readWrite);
		}

		private static SorobanTransactionData plenty(SorobanTransactionData data) {
			return HostCaseNetwork.resources(List.of(data.getResources().getFootprint().getReadOnly()),
					List.of(data.getResources().getFootprint().getReadWrite()));
		}

		private void checkApplied(JsonNode applied, JsonNode expected) {
			boolean ok = expected.get("ok").asBoolean();
			List<List<String>> errors = errors(applied.path("diagnosticEventsXdr"));
			assertThat(applied.get("status").asString()).as(title() + errors).isEqualTo(ok ? "SUCCESS" : "FAILED");
			if (!ok) {
				assertThat(errors).as(title())
					.isEqualTo(expected.get("errors").valueStream().map(Step::texts).toList());
				return;
			}
			assertThat(this.stage.values.json(applied.at("/events/contractEventsXdr/0")
				.valueStream()
				.map((event) -> event(event.asString()))
				.toList())).as(title()).isEqualTo(expected.get("events"));
			expected.get("entries").properties().forEach((entry) -> checkEntry(entry.getKey(), entry.getValue()));
		}

		private Map<String, Object> event(String xdr) {
			ContractEvent.ContractEventBody.ContractEventV0 event = ManualNetwork
				.ask(() -> ContractEvent.fromXdrBase64(xdr).getBody().getV0());
			return Map.of("topics", Stream.of(event.getTopics()).map(this.stage.values::written).toList(), "data",
					this.stage.values.written(event.getData()));
		}

		private void checkEntry(String key, JsonNode expected) {
			if (key.equals("INSTANCE NSAC")) {
				return; // touched by nothing but the host's wide footprint
			}
			JsonNode found = this.stage.entry(key, auth("nonce").asLong(0));
			assertThat(this.stage.values.json(this.stage.values.written(
					ManualNetwork.ask(() -> LedgerEntry.LedgerEntryData.fromXdrBase64(found.get("xdr").asString())))))
				.as(title() + key)
				.isEqualTo(expected.get("value"));
			if (expected.has("liveUntil")) {
				assertThat(found.get("liveUntilLedgerSeq").asLong()).as(title() + key)
					.isEqualTo(expected.get("liveUntil").asLong());
			}
		}

		private String title() {
			return this.step.get("simulated_at") + " " + this.step.get("call") + this.step.get("args") + " ";
		}

		private JsonNode auth(String field) {
			return this.step.get("auth").path(field);
		}

		private List<String> written(LedgerKey[] keys) {
			return this.stage.values.written(keys);
		}

		private static List<String> texts(JsonNode array) {
			return array.valueStream().map((text) -> text.asString()).toList();
		}

		private static SorobanTransactionData data(JsonNode simulated) {
			return ManualNetwork
				.ask(() -> SorobanTransactionData.fromXdrBase64(simulated.get("transactionData").asString()));
		}

		private static SCVal value(JsonNode xdr) {
			return ManualNetwork.ask(() -> SCVal.fromXdrBase64(xdr.asString()));
		}

		private static String credentials(JsonNode entry) {
			return switch (XdrCodec.bytes(entry.asString())[Integer.BYTES - 1]) {
				case 0 -> "SOURCE_ACCOUNT";
				case 1 -> "ADDRESS";
				default -> "ADDRESS_V2";
			};
		}

		private static long number(Uint32 value) {
			return value.getUint32().getNumber();
		}

		/** Error and message of each error event. */
		private static List<List<String>> errors(JsonNode events) {
			List<List<String>> errors = new ArrayList<>();
			for (JsonNode encoded : events) {
				ContractEvent.ContractEventBody.ContractEventV0 event = ManualNetwork
					.ask(() -> DiagnosticEvent.fromXdrBase64(encoded.asString()).getEvent().getBody().getV0());
				if (event.getTopics().length == 2 && event.getTopics()[1].getDiscriminant() == SCValType.SCV_ERROR) {
					SCVal data = (event.getData().getVec() != null) ? event.getData().getVec().getSCVec()[0]
							: event.getData();
					errors.add(List.of(HostError.of(event.getTopics()[1].getError()).text(),
							'"' + data.getStr().getSCString().toString() + '"'));
				}
			}
			return errors;
		}

		private static @Nullable String message(List<List<String>> errors) {
			return errors.isEmpty() ? null : errors.get(errors.size() - 1).get(1);
		}

	}

}
