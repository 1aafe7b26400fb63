package io.github.x402sessions.facilitator.http;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.NoticePage;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.deferred.CommitmentState;
import io.github.x402sessions.facilitator.settlement.recipient.RecordedChange;
import io.github.x402sessions.facilitator.settlement.recipient.SettlementPage;
import io.github.x402sessions.stellar.ProtocolVectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settlements as the test vectors of {@code docs/protocol.md} show them, which other
 * languages check as well.
 */
class SettlementVectorTests {

	private static final JsonNode PAGE = ProtocolVectors.at("/settlements/page");

	static Stream<JsonNode> commitments() {
		return ProtocolVectors.at("/settlements/commitments").valueStream();
	}

	@ParameterizedTest
	@MethodSource("commitments")
	void commitmentIsDescribedAsTheProtocolSays(JsonNode vector) {
		CommitmentState state = new CommitmentState(DeferralStatus.of(text(vector, "status")).orElseThrow(),
				vector.path("transaction").asStringOpt().orElse(null), ledger(vector),
				new BigInteger(text(vector, "amount")), null);
		assertThat(json(CommitmentDescription.of(state))).isEqualTo(vector);
	}

	@Test
	void pageIsWrittenAsTheProtocolSays() {
		List<JsonNode> entries = PAGE.at("/answer/settlements").valueStream().toList();
		long since = Long.parseLong(text(PAGE, "since"));
		List<RecordedChange> changes = Stream.iterate(0, (i) -> i < entries.size(), (i) -> i + 1)
			.map((i) -> change(since + i + 1, entries.get(i)))
			.toList();
		SettlementPage page = SettlementPage.of(changes, text(entries.get(0), "network"), since);
		assertThat(json(page)).isEqualTo(PAGE.required("answer"));
		assertThat(page.csv()).asString(StandardCharsets.UTF_8).isEqualTo(text(PAGE, "csv"));
		assertThat(page.jsonLines()).asString(StandardCharsets.UTF_8).isEqualTo(text(PAGE, "jsonLines"));
	}

	@Test
	void ourServersReadIt() {
		NoticePage read = WireJson.read(PAGE.required("answer").toString().getBytes(StandardCharsets.UTF_8),
				NoticePage.class);
		assertThat(read.next()).isEqualTo("42");
		assertThat(read.settlements().get(0).deferral()).contains(DeferralStatus.CONFIRMED);
		assertThat(read.settlements().get(1).deferral()).isEmpty();
	}

	private static RecordedChange change(long number, JsonNode entry) {
		return new RecordedChange(number, text(entry, "id"), text(entry, "status").toUpperCase(Locale.ROOT),
				new BigInteger(text(entry, "amount")), text(entry, "asset"),
				entry.path("transaction").asStringOpt().orElse(null), ledger(entry), Instant.parse(text(entry, "at")),
				Instant.parse(text(entry, "updatedAt")), text(entry, "payer"),
				entry.path("handle").asStringOpt().orElse(null), entry.required("deferred").asBoolean(),
				entry.path("resource").asStringOpt().orElse(null));
	}

	private static @Nullable Long ledger(JsonNode node) {
		return node.has("ledger") ? node.required("ledger").asLong() : null;
	}

	private static String text(JsonNode node, String member) {
		return node.required(member).asString();
	}

	private static JsonNode json(Object answer) {
		return JsonMapper.shared().readTree(WireJson.write(answer));
	}

}
