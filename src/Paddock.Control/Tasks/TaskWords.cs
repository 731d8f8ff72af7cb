using System.Text.Json;

namespace Paddock.Control.Tasks;

/// <summary>Closed sets as the API writes them, and what is said in several places.</summary>
internal static class TaskWords
{
    public const string Missing = "There is no such task.";

    public static string Of<T>(T word)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());
}
