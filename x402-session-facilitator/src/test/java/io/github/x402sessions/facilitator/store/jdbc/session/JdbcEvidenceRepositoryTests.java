package io.github.x402sessions.facilitator.store.jdbc.session;

import java.time.Duration;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Evidence is kept for its time, and then forgotten a little at a time.
 */
class JdbcEvidenceRepositoryTests {

	private static final PaymentEvidence EVIDENCE = new PaymentEvidence("key", "x402-session-payment:v1\n…",
			"signature");

	@ParameterizedTest
	@EnumSource
	void evidenceIsForgottenWhenItsTimeIsOver(Dialect dialect) {
		try (TestDatabase books = (dialect == Dialect.SQLITE) ? TestDatabase.sqlite() : TestDatabase.postgres()) {
			EvidenceRepository evidence = books.store().evidence();
			for (int i = 0; i <= EvidenceRepository.FORGOTTEN_AT_ONCE; i++) {
				evidence.keep("old-" + i, EVIDENCE);
			}
			books.jdbc().sql("update payment_evidence set created_at = created_at - 3600001").update();
			evidence.keep("new", EVIDENCE);
			assertThat(evidence.forget(Duration.ofHours(1))).isEqualTo(EvidenceRepository.FORGOTTEN_AT_ONCE);
			assertThat(evidence.forget(Duration.ofHours(1))).isEqualTo(1);
			assertThat(books.jdbc().sql("select settlement_id from payment_evidence").query(String.class).list())
				.containsExactly("new");
		}
	}

}
