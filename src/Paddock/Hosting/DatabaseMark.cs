using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>
/// Says in <c>DIR/database</c> which kind of database belongs to the directory, so that a command without the server's settings does not
/// quietly begin another one beside it.
/// </summary>
internal static class DatabaseMark
{
    private const string Sqlite = "sqlite";
    private const string Postgres = "postgresql";

    /// <exception cref="SettingsException">The directory belongs to the other kind.</exception>
    public static void Check(ServeSettings settings)
    {
        var path = PathIn(settings);
        var mark = File.Exists(path) ? File.ReadAllText(path).Trim() : Kind(settings);
        if (mark != Kind(settings))
        {
            throw new SettingsException(settings.Postgres is null
                ? $"{settings.DataDirectory} belongs to a PostgreSQL database: give its connection string in PADDOCK_POSTGRES, as the server has it."
                : $"{settings.DataDirectory} belongs to a SQLite database of its own. Take another data directory for PostgreSQL.");
        }
    }

    public static void Write(ServeSettings settings) => File.WriteAllText(PathIn(settings), Kind(settings) + "\n");

    private static string Kind(ServeSettings settings) => settings.Postgres is null ? Sqlite : Postgres;

    private static string PathIn(ServeSettings settings) => Path.Combine(settings.DataDirectory, "database");
}
