package io.github.x402sessions.spring.free;

import java.util.HashSet;
import java.util.Set;

import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/**
 * The names in an expression: the variables, of which one that nobody has set is
 * {@code null}, which many a comparison is true for, and the methods and properties of
 * the object that it is asked of. What is in brackets or asked of elements is not looked
 * at for the latter.
 *
 * @param variables the variables, without those that each expression has
 * @param members the methods, with brackets, and the properties
 */
record ExpressionNames(Set<String> variables, Set<String> members) {

	private static final Set<String> OWN = Set.of("root", "this");

	static ExpressionNames of(Expression expression) {
		ExpressionNames names = new ExpressionNames(new HashSet<>(), new HashSet<>());
		if (expression instanceof SpelExpression spel) {
			names.collect(spel.getAST(), true);
		}
		return names;
	}

	private void collect(SpelNode node, boolean ofRoot) {
		if (node instanceof VariableReference) {
			String name = node.toStringAST().substring(1);
			if (!OWN.contains(name)) {
				this.variables.add(name);
			}
		}
		else if (ofRoot && node instanceof MethodReference method) {
			this.members.add(method.getName() + "()");
		}
		else if (ofRoot && node instanceof PropertyOrFieldReference property) {
			this.members.add(property.getName());
		}
		boolean elements = node instanceof Projection || node instanceof Selection;
		for (int i = 0; i < node.getChildCount(); i++) {
			SpelNode child = node.getChild(i);
			boolean follows = node instanceof CompoundExpression && i > 0;
			collect(child, ofRoot && !elements && !follows);
		}
	}

}
