using System.Text.Json;

namespace Paddock.Agents.Hooks;

/// <summary>One agent's hooks: what it asks before it runs a tool and how it takes the answer, and what it tells besides.</summary>
internal interface IAgentHooks
{
    string Agent { get; }

    /// <summary>Reads what the agent sends. Never throws on what it reads.</summary>
    HookEvent Read(JsonElement body);

    /// <summary>Nothing to say: the agent goes on as it would without a hook, its own permission prompts included.</summary>
    byte[] Neutral { get; }

    /// <summary>A refusal in its shape.</summary>
    /// <param name="call">What is refused; null when it could not be read.</param>
    /// <param name="said">Why, for the model.</param>
    byte[] Refuse(HookEvent.Call? call, string said);

    /// <summary>Whether the agent shows its person a line in the answer to this, such as at a session's begin.</summary>
    bool Shows(HookTelling told) => false;

    /// <summary>That answer. The model does not get the line.</summary>
    byte[] Show(string line) => Neutral;
}

/// <summary>What an agent told its hook.</summary>
internal abstract record HookEvent
{
    private HookEvent()
    {
    }

    /// <summary>A tool is about to be run.</summary>
    internal sealed record Call(HookCall Told) : HookEvent;

    /// <summary>Something has happened that nobody decides on and that says how the task goes.</summary>
    internal sealed record Telling(HookTelling What) : HookEvent;

    /// <summary>Something that nobody decides on, and of which nothing is kept.</summary>
    internal sealed record Other : HookEvent
    {
        public static readonly Other Instance = new();
    }

    /// <summary>It is not as this agent tells it.</summary>
    /// <param name="Because">A sentence of ours.</param>
    internal sealed record Malformed(string Because) : HookEvent;
}
