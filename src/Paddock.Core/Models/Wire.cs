namespace Paddock.Core.Models;

/// <summary>A model protocol. Documents write them <c>openai-chat</c>, <c>openai-responses</c>, <c>anthropic-messages</c>.</summary>
public enum Wire
{
    OpenAiChat,
    OpenAiResponses,
    AnthropicMessages,
}

/// <summary>The names of wires in documents, the ledger and metrics.</summary>
public static class WireNames
{
    public static readonly IReadOnlyList<string> All = ["openai-chat", "openai-responses", "anthropic-messages"];

    public static string Name(this Wire wire) => All[(int)wire];

    public static bool TryParse(string text, out Wire wire)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (string.Equals(All[i], text, StringComparison.Ordinal))
            {
                wire = (Wire)i;
                return true;
            }
        }

        wire = default;
        return false;
    }
}
