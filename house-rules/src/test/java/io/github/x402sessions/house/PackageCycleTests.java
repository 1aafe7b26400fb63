package io.github.x402sessions.house;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * No two packages of a module know each other, directly or by way of others. A package
 * and the one that it lies in are two, like any others.
 */
class PackageCycleTests {

	private static final SliceAssignment PACKAGES = new SliceAssignment() {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return SliceIdentifier.of(type.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	};

	static List<String> modules() {
		return House.MODULES;
	}

	@ParameterizedTest
	@MethodSource("modules")
	void packagesDoNotDependOnEachOtherInCircles(String module) {
		slices().assignedFrom(PACKAGES)
			.namingSlices("package $1")
			.should()
			.beFreeOfCycles()
			.check(House.classesOf(module));
	}

}
