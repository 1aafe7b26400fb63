package io.github.x402sessions.spring.free;

import java.util.HashSet;
import java.util.Set;

import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/**
 * Finds the variables that an expression names. One that nobody has set is {@code null},
 * which many a comparison is true for.
 */
final class ExpressionVariables {

	private static final Set<String> OWN = Set.of("root", "this");

	private ExpressionVariables() {
	}

	static Set<String> of(Expression expression) {
		Set<String> found = new HashSet<>();
		if (expression instanceof SpelExpression spel) {
			collect(spel.getAST(), found);
		}
		return Set.copyOf(found);
	}

	private static void collect(SpelNode node, Set<String> found) {
		if (node instanceof VariableReference) {
			String name = node.toStringAST().substring(1);
			if (!OWN.contains(name)) {
				found.add(name);
			}
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			collect(node.getChild(i), found);
		}
	}

}
