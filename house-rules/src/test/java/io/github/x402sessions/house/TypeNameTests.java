package io.github.x402sessions.house;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A name means one thing in the whole house.
 */
class TypeNameTests {

	/**
	 * Names that two modules have for two things. None is added, and one that is gone is
	 * taken off.
	 */
	private static final Set<String> TWICE = Set.of("Session");

	@Test
	void noTwoModulesHaveTypesOfTheSameName() {
		Map<String, Set<String>> modules = new TreeMap<>();
		for (String module : House.LIBRARIES) {
			House.topLevel(House.classesOf(module))
				.forEach(
						(type) -> modules.computeIfAbsent(type.getSimpleName(), (name) -> new TreeSet<>()).add(module));
		}
		modules.values().removeIf((owners) -> owners.size() == 1);
		assertThat(modules).containsOnlyKeys(TWICE);
	}

}
