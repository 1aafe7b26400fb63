package io.github.x402sessions.facilitator.reconcile;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.github.x402sessions.core.hash.Sha256;

/**
 * All that the books lack, as it is shown to an operator who may accept it.
 *
 * @param findings what they lack, always in the same order
 * @param digest the SHA-256 of the findings, 64 hex digits: the same as long as they are
 */
public record Differences(List<Finding> findings, String digest) {

	static Differences of(List<Finding> found) {
		List<Finding> findings = found.stream()
			.sorted(Comparator.comparing(Finding::subject).thenComparing(Finding::detail))
			.toList();
		return new Differences(findings,
				Sha256.hex(findings.stream()
					.map((finding) -> finding.subject() + " " + finding.detail() + "\n")
					.collect(Collectors.joining())));
	}

}
