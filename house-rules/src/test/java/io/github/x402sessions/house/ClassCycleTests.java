package io.github.x402sessions.house;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No four types know each other in a circle: whoever reads one of them has to read all.
 * Nested types count with the one that they stand in. That a type knows those that are of
 * its kind, as sealed ones have to, makes no circle.
 */
class ClassCycleTests {

	private static final int SMALLEST = 4;

	static List<String> modules() {
		return House.MODULES;
	}

	@ParameterizedTest
	@MethodSource("modules")
	void typesDoNotDependOnEachOtherInLargeCircles(String module) {
		assertThat(circles(graph(module))).isEmpty();
	}

	private static Map<String, Set<String>> graph(String module) {
		Map<String, Set<String>> graph = new HashMap<>();
		for (JavaClass type : House.classesOf(module)) {
			graph.computeIfAbsent(owner(type).getName(), (name) -> new TreeSet<>()).addAll(known(type));
		}
		return graph;
	}

	private static Set<String> known(JavaClass type) {
		JavaClass owner = owner(type);
		return type.getDirectDependenciesFromSelf()
			.stream()
			.map((dependency) -> owner(dependency.getTargetClass().getBaseComponentType()))
			.filter((target) -> !target.isAssignableTo(owner.getName()))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
	}

	private static JavaClass owner(JavaClass type) {
		return type.getEnclosingClass().map(ClassCycleTests::owner).orElse(type);
	}

	/** The sets of types of which each leads to all others. */
	private static List<Set<String>> circles(Map<String, Set<String>> graph) {
		Map<String, Set<String>> reached = graph.keySet()
			.stream()
			.collect(Collectors.toMap((name) -> name, (name) -> reached(name, graph)));
		List<Set<String>> circles = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (String name : graph.keySet()) {
			Set<String> circle = reached.get(name)
				.stream()
				.filter((other) -> reached.getOrDefault(other, Set.of()).contains(name))
				.collect(Collectors.toCollection(TreeSet::new));
			if (seen.addAll(circle) && circle.size() >= SMALLEST) {
				circles.add(circle);
			}
		}
		return circles;
	}

	private static Set<String> reached(String from, Map<String, Set<String>> graph) {
		Set<String> reached = new HashSet<>();
		Deque<String> left = new ArrayDeque<>(graph.get(from));
		while (!left.isEmpty()) {
			String next = left.pop();
			if (reached.add(next)) {
				left.addAll(graph.getOrDefault(next, Set.of()));
			}
		}
		return reached;
	}

}
