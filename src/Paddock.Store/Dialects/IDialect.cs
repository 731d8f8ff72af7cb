namespace Paddock.Store.Dialects;

/// <summary>What differs between the databases. Statements are shared; only these words and values vary.</summary>
internal interface IDialect
{
    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>Replaces the type words of a migration (<c>{int}</c>, <c>{flag}</c>, <c>{id}</c>, <c>{bytes}</c>, <c>{serial}</c>, <c>{table}</c>, <c>{clustered}</c>).</summary>
    string Translate(string sql);

    /// <summary>A call id as a parameter. Both forms sort like the text of the id.</summary>
    object Id(Guid id);

    /// <summary>A call id as the database gave it.</summary>
    Guid ReadId(object value);

    /// <summary>The condition that an id column is one of the parameter <c>@ids</c>, which is <see cref="Ids"/>, or an array of texts where ids are texts.</summary>
    string AmongIds(string column);

    object Ids(IEnumerable<Guid> ids);

    /// <summary>The condition that a text column begins with the parameter <c>@search</c>, letter by letter, whatever the database's collation; <c>@end</c> is the same text with U+FFFF behind it.</summary>
    string Begins(string column);

    /// <summary>A source of rows for FROM, out of the parameter <c>@rows</c>, a JSON array of objects: many rows in one statement.</summary>
    /// <param name="columns">Names and kinds with blanks between: <c>t</c> text, <c>i</c> integer, <c>f</c> flag, <c>b</c> bytes (in the JSON <c>\x</c> and hexadecimal digits), such as <c>id:t at:i</c>. Members that are missing are null.</param>
    string Rows(string columns);

    /// <summary>The inputs of a decision in a column, with the fact <c>user.id</c>, where there is one, replaced by the parameter <c>@pseudonym</c>.</summary>
    string WithUserId(string column);

    /// <summary>Tells other processes, at commit, that something changed; null where there are none.</summary>
    string? Notify { get; }

    /// <summary>The same for containments.</summary>
    string? NotifyContainments { get; }

    /// <summary>The same for the approval whose id is the parameter <c>@Value</c>.</summary>
    string? NotifyApproval { get; }
}
