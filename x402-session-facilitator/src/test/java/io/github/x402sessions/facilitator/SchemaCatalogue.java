package io.github.x402sessions.facilitator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a database says of its tables, so that two versions of them can be compared: who
 * still runs the old one must find all that it knows, and be hindered by nothing new.
 */
final class SchemaCatalogue {

	private static final Pattern TEXT = Pattern.compile("(?:character varying|varchar)\\((\\d+)\\)");

	private static final Set<String> NUMBERS = Set.of("integer", "bigint");

	private static final Pattern SQLITE_CHECK = Pattern.compile("\\bcheck\\s*\\(", Pattern.CASE_INSENSITIVE);

	private final Map<String, Map<String, Column>> columns = new TreeMap<>();

	/** What keeps rows out, for each table. */
	private final Map<String, Set<String>> limits = new TreeMap<>();

	/**
	 * What makes a row the only one, for each table: statements name it in
	 * {@code on conflict}.
	 */
	private final Map<String, Set<String>> keys = new TreeMap<>();

	/**
	 * Triggers and functions, which act within the statements of whoever knows nothing of
	 * them.
	 */
	private final Map<String, String> actions = new TreeMap<>();

	private SchemaCatalogue() {
	}

	static SchemaCatalogue read(JdbcClient database, Dialect dialect) {
		SchemaCatalogue catalogue = new SchemaCatalogue();
		if (dialect == Dialect.POSTGRESQL) {
			catalogue.readPostgresql(database);
		}
		else {
			catalogue.readSqlite(database);
		}
		return catalogue;
	}

	Set<String> tables() {
		return this.columns.keySet();
	}

	/** The columns of a table that whoever inserts a row may name. */
	List<String> columns(String table) {
		return List.copyOf(this.columns.get(table).keySet());
	}

	/**
	 * Tell which rules are broken for whoever knows only this catalogue.
	 * @param next the catalogue of the new version
	 */
	List<String> brokenBy(SchemaCatalogue next) {
		List<String> broken = new ArrayList<>();
		this.columns.forEach((table, known) -> {
			Map<String, Column> now = next.columns.get(table);
			if (now == null) {
				broken.add("no table goes away or is renamed: " + table);
				return;
			}
			known.forEach((name, column) -> column.brokenBy(table + "." + name, now.get(name), broken));
			now.forEach((name, column) -> {
				if (!known.containsKey(name) && !column.nullable() && column.filling() == null) {
					broken.add("a new column is nullable or has a default: " + table + "." + name);
				}
			});
			Set<String> before = this.limits.getOrDefault(table, Set.of());
			next.limits.getOrDefault(table, Set.of())
				.stream()
				.filter((limit) -> !before.contains(limit))
				.filter((limit) -> known.keySet()
					.stream()
					.anyMatch((name) -> limit.matches("(?s).*\\b" + name + "\\b.*")))
				.forEach((limit) -> broken.add("a table does not take less than before: " + table + ": " + limit));
			this.keys.getOrDefault(table, Set.of())
				.stream()
				.filter((key) -> !next.keys.getOrDefault(table, Set.of()).contains(key))
				.forEach((key) -> broken.add("a primary key or unique index stays: " + table + " " + key));
		});
		next.actions.forEach((name, definition) -> {
			if (!definition.equals(this.actions.get(name))) {
				broken.add((this.actions.containsKey(name) ? "changed: " : "new: ") + name);
			}
		});
		this.actions.keySet()
			.stream()
			.filter((name) -> !next.actions.containsKey(name))
			.forEach((name) -> broken.add("gone: " + name));
		return broken;
	}

	private void readPostgresql(JdbcClient database) {
		database.sql("""
				select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull,
				coalesce(pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity::text, '')) as filling
				from pg_attribute a join pg_class c on c.oid = a.attrelid
				left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
				where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
				and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''""")
			.query((RowCallbackHandler) (row) -> add(row.getString(1), row.getString(2),
					new Column(row.getString(3), !row.getBoolean(4), row.getString(5))));
		database
			.sql("""
					select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
					where connamespace = current_schema()::regnamespace and conrelid <> 0
					union all select tablename, regexp_replace(indexdef, ' INDEX .* USING ', ' INDEX USING ') from pg_indexes
					where schemaname = current_schema() and indexdef like 'CREATE UNIQUE %'""")
			.query((RowCallbackHandler) (row) -> limit(row.getString(1), row.getString(2)));
		database.sql("""
				select indrelid::regclass::text, regexp_replace(pg_get_indexdef(indexrelid), '^.* USING \\w+ ', '')
				from pg_index join pg_class c on c.oid = indrelid
				where indisunique and c.relnamespace = current_schema()::regnamespace""")
			.query((RowCallbackHandler) (row) -> add(this.keys, row.getString(1), row.getString(2)));
		database.sql("""
				select 'trigger ' || tgname || ' on ' || tgrelid::regclass, pg_get_triggerdef(t.oid)
				from pg_trigger t join pg_class c on c.oid = tgrelid
				where not tgisinternal and c.relnamespace = current_schema()::regnamespace
				union all select 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid)
				from pg_proc p join pg_language l on l.oid = p.prolang
				where p.pronamespace = current_schema()::regnamespace and p.prokind = 'f' and l.lanname <> 'c'""")
			.query((RowCallbackHandler) (row) -> this.actions.put(row.getString(1), row.getString(2)));
	}

	private void readSqlite(JdbcClient database) {
		database.sql("""
				select m.name, c.name, c.type, c."notnull" = 0, coalesce(c.dflt_value,
				case when c.pk = 1 and lower(c.type) = 'integer' then 'rowid' end)
				from sqlite_master m join pragma_table_info(m.name) c
				where m.type = 'table' and m.name not like 'sqlite%'""")
			.query((RowCallbackHandler) (row) -> add(row.getString(1), row.getString(2),
					new Column(row.getString(3).toLowerCase(Locale.ROOT), row.getBoolean(4), row.getString(5))));
		database.sql("""
				select type, tbl_name, sql from sqlite_master where sql is not null and (type = 'table'
				or (type = 'index' and lower(sql) like 'create unique%'))""").query((RowCallbackHandler) (row) -> {
			String sql = row.getString(3).replaceAll("\\s+", " ");
			if (row.getString(1).equals("table")) {
				for (String check : checks(sql)) {
					limit(row.getString(2), check);
				}
			}
			else {
				limit(row.getString(2), sql.replaceAll("(?i)index .* on ", "index on "));
			}
		});
		database.sql("""
				select m.name, f."from" || ' references ' || f."table" from sqlite_master m
				join pragma_foreign_key_list(m.name) f where m.type = 'table'""")
			.query((RowCallbackHandler) (row) -> limit(row.getString(1), row.getString(2)));
		database.sql("""
				select m.name, '(' || (select group_concat(c.name, ', ')
				from (select name from pragma_table_info(m.name) where pk > 0 order by pk) c) || ')'
				from sqlite_master m where m.type = 'table' and m.name not like 'sqlite%'
				union all select m.name, '(' || (select group_concat(coalesce(c.name, 'expression'), ', ')
				from (select name from pragma_index_info(i.name) order by seqno) c) || ')' || coalesce(
				case when i.partial then (select substr(s.sql, instr(lower(s.sql), ' where '))
				from sqlite_master s where s.type = 'index' and s.name = i.name) end, '')
				from sqlite_master m join pragma_index_list(m.name) i where m.type = 'table' and i."unique"
				""").query((RowCallbackHandler) (row) -> {
			if (row.getString(2) != null) {
				add(this.keys, row.getString(1), row.getString(2));
			}
		});
		database.sql("select 'trigger ' || name || ' on ' || tbl_name, sql from sqlite_master where type = 'trigger'")
			.query((RowCallbackHandler) (row) -> this.actions.put(row.getString(1), row.getString(2)));
	}

	/** What stands between the brackets of each check. */
	private static List<String> checks(String sql) {
		List<String> checks = new ArrayList<>();
		for (Matcher check = SQLITE_CHECK.matcher(sql); check.find();) {
			int depth = 1;
			int end = check.end();
			while (depth > 0) {
				char character = sql.charAt(end++);
				depth += (character == '(') ? 1 : (character == ')') ? -1 : 0;
			}
			checks.add("check (" + sql.substring(check.end(), end));
		}
		return checks;
	}

	private void add(String table, String name, Column column) {
		this.columns.computeIfAbsent(table, (unused) -> new TreeMap<>()).put(name, column);
	}

	private void limit(String table, String limit) {
		add(this.limits, table, limit);
	}

	private static void add(Map<String, Set<String>> all, String table, String one) {
		all.computeIfAbsent(table, (unused) -> new TreeSet<>()).add(one);
	}

	/**
	 * A column.
	 *
	 * @param type its type as the database calls it
	 * @param nullable whether it may be null
	 * @param filling what it has where nobody names it; null if that is null
	 */
	private record Column(String type, boolean nullable, String filling) {

		private void brokenBy(String name, Column now, List<String> broken) {
			if (now == null) {
				broken.add("no column goes away or is renamed: " + name);
				return;
			}
			if (!holds(now.type())) {
				broken.add("a column holds at least what it did: %s was %s and is %s".formatted(name, this.type,
						now.type()));
			}
			if (this.nullable && !now.nullable()) {
				broken.add("a column that may be null stays so: " + name);
			}
			if (this.filling != null && !this.filling.equals(now.filling())) {
				broken.add("a default stays: " + name);
			}
		}

		private boolean holds(String next) {
			Matcher before = TEXT.matcher(this.type);
			Matcher after = TEXT.matcher(next);
			return next.equals(this.type) || (NUMBERS.contains(this.type) && next.equals("bigint"))
					|| (before.matches() && (next.equals("text") || (after.matches()
							&& Integer.parseInt(after.group(1)) >= Integer.parseInt(before.group(1)))));
		}

	}

}
