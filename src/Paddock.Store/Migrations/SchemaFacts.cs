namespace Paddock.Store.Migrations;

/// <summary>What is known of a database's schema.</summary>
/// <param name="Version">Of the database; 0 when it is empty.</param>
/// <param name="MinReader">The oldest schema version a server must know to use it.</param>
/// <param name="Known">The newest version this build of Paddock knows.</param>
public sealed record SchemaFacts(int Version, int MinReader, int Known);
