package io.github.x402sessions.house;

import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A package is small enough to be taken in at a glance. Nested types count with the one
 * that they stand in.
 */
class PackageSizeTests {

	private static final long MOST_TYPES = 25;

	@ParameterizedTest
	@FieldSource("io.github.x402sessions.house.House#MODULES")
	void aPackageHasFewTypes(String module) {
		assertThat(House.topLevel(House.classesOf(module))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
			.allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(MOST_TYPES));
	}

}
