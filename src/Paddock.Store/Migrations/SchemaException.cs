namespace Paddock.Store.Migrations;

/// <summary>The database's schema and this version of Paddock do not go together. The message says what to do.</summary>
public sealed class SchemaException(string message) : Exception(message);
