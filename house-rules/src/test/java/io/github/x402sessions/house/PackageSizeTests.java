package io.github.x402sessions.house;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A package is small enough to be taken in at a glance. Nested types count with the one
 * that they stand in.
 */
class PackageSizeTests {

	private static final long MOST_TYPES = 25;

	/** These have packages that are still to be divided. */
	private static final Set<String> STILL_LARGE = Set.of("x402-core", "x402-session-client");

	static Stream<String> modules() {
		return House.MODULES.stream().filter((module) -> !STILL_LARGE.contains(module));
	}

	@ParameterizedTest
	@MethodSource("modules")
	void aPackageHasFewTypes(String module) {
		assertThat(House.topLevel(House.classesOf(module))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
			.allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(MOST_TYPES));
	}

}
