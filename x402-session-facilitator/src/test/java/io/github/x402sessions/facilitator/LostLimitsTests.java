package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to limits when a facilitator starts again, and when they cannot be
 * counted; and that they cost nothing where there are none.
 */
class LostLimitsTests {

	private static final Pattern LIMITS = Pattern.compile("(?s).*\\b(limit_use|verified_amount)\\b.*");

	@ParameterizedTest
	@EnumSource
	void limitIsUsedUpAfterARestartToo(Dialect dialect) {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();
				TestDatabase database = TestDatabase.of(dialect)) {
			Map<String, String> properties = new HashMap<>(database.properties());
			properties.put("facilitator.calls-per-minute", "1");
			environment.start(properties);
			String id = environment.payer().session(1_000_000);
			assertThat(environment.client.settle(Payments.of(environment, id, "1000")).status()).isEqualTo(200);
			environment.stop();
			environment.start(properties);
			assertThat(environment.client.settle(Payments.of(environment, id, "1000")).text("errorReason"))
				.isEqualTo("rate_limited");
			assertThat(environment.client.get("/sessions/" + id).text("spent")).isEqualTo("1000");
		}
	}

	@Test
	void whereLimitsCannotBeCountedNothingIsPaidAndNobodyRegisters() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.calls-per-minute", "10", "facilitator.access.registrations-per-minute", "10"))) {
			String id = environment.payer().session(1_000_000);
			try (TestDatabase books = environment.openDatabase()) {
				books.jdbc().sql("alter table limit_use rename to lost").update();
				assertThat(environment.client.verify(Payments.of(environment, id, "1000")).status()).isEqualTo(503);
				Reply unpaid = environment.client.settle(Payments.of(environment, id, "1000"));
				assertThat(unpaid.status()).isNotEqualTo(200);
				assertThat(unpaid.text("errorReason")).isEqualTo("settlement_pending");
				Reply unregistered = environment.client.post("/sessions/quote", Map.of());
				assertThat(unregistered.status()).isEqualTo(503);
				assertThat(unregistered.text("error")).doesNotContain("limit_use");
				books.jdbc().sql("alter table lost rename to limit_use").update();
			}
			assertThat(environment.client.get("/sessions/" + id).text("spent")).isEqualTo("0");
			assertThat(environment.client.settle(Payments.of(environment, id, "1000")).status()).isEqualTo(200);
		}
	}

	@Test
	void paidCallAsksForNoLimitWhereThereIsNone() throws Exception {
		try (TestDatabase database = TestDatabase.sqlite();
				RecordingDriver driver = RecordingDriver.instead(database.properties().get("facilitator.database-url"));
				FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator()) {
			environment.start(database.properties());
			String id = environment.payer().session(1_000_000);
			Map<String, Object> payment = Payments.identified(environment, id, "pay_0123456789abcdef", "1000");
			assertThat(environment.client.verify(payment).status()).isEqualTo(200);
			assertThat(environment.client.settle(payment).status()).isEqualTo(200);
			environment.stop();
			assertThat(driver.runs.keySet()).anyMatch((sql) -> sql.contains("payment_session"));
			assertThat(driver.runs.keySet()).filteredOn((sql) -> LIMITS.matcher(sql).matches())
				.allMatch((sql) -> sql.startsWith("delete from") && sql.contains(" limit ?"));
		}
	}

}
