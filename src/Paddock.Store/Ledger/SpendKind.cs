namespace Paddock.Store.Ledger;

/// <summary>What a subject of the spend rollup is.</summary>
internal enum SpendKind : byte
{
    Key,
    User,
    Team,
    Task,
}

/// <summary>The names of kinds in the table.</summary>
internal static class SpendKinds
{
    public static readonly string[] Names = ["key", "user", "team", "task"];

    public static readonly byte[][] Utf8 = [.. Names.Select(System.Text.Encoding.UTF8.GetBytes)];
}
