package io.github.x402sessions.spring.free;

import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.expression.spel.standard.SpelExpressionParser;

import static org.assertj.core.api.Assertions.assertThat;

class ExpressionNamesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			hasRole('A') && !hasRole(read)          | -        | hasRole() read
			(#a) == authentication.name             | a        | authentication
			principal.groups.contains(other)        | -        | principal
			@beans.isMember(authentication, #a, #b) | a b      | -
			principal.roles.?[name == 'x'].size()>0 | -        | principal
			principal.roles.![#c + name].empty      | c        | principal
			(#root.denyAll) or #this.denyAll        | -        | -
			{'a', 'b'}.contains(principal)          | -        | -
			request.method == 'GET' ? permitAll : x | -        | request permitAll x
			T(java.lang.Math).abs(-1) > 0           | -        | -
			""")
	void namesAreFound(String expression, String variables, String members) {
		ExpressionNames names = ExpressionNames.of(new SpelExpressionParser().parseExpression(expression));
		assertThat(names.variables()).containsExactlyInAnyOrder(words(variables));
		assertThat(names.members()).containsExactlyInAnyOrder(words(members));
	}

	private static String[] words(String text) {
		return (text != null) ? Arrays.stream(text.split(" ")).toArray(String[]::new) : new String[0];
	}

}
