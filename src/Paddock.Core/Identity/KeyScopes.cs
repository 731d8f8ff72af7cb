using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>What a control-plane caller may do. Closed set; a key or person holds any number of them.</summary>
[Flags]
public enum ControlRoles
{
    None = 0,
    /// <summary>Read everything but content: calls, tasks, releases, keys (never their text).</summary>
    Viewer = 1,
    /// <summary>Create, rotate and revoke keys; manage users, service accounts and teams; see them, their keys and their sessions.</summary>
    Identity = 2,
    /// <summary>Check, import and activate releases.</summary>
    Policy = 4,
    /// <summary>Back up, restore and stop the installation; contain whom or what does harm, and lift it.</summary>
    Operator = 8,
    /// <summary>Decide approvals, as far as their chains name the caller; sees what is asked. Only a person's own key votes by it.</summary>
    Approver = 16,
    /// <summary>Change how firmly policies are bound: a binding's enforcement and scope, the defaults for tools. Whoever writes rules does not need it.</summary>
    Enforcement = 32,
    /// <summary>Ask for decisions on other people's calls, in their name: an enforcement point that serves many. Only with a key that may call tools.</summary>
    Delegate = 64,
    /// <summary>Read the entries of the audit log and prove them. It changes nothing.</summary>
    Auditor = 128,
    /// <summary>Read content that rules asked to keep. Every reading stands in the audit log.</summary>
    Content = 256,
    /// <summary>Erase kept content and data keys, and lay and end legal holds; shows no content.</summary>
    Retention = 512,
    /// <summary>All of the above.</summary>
    Admin = Viewer | Identity | Policy | Operator | Approver | Enforcement | Delegate | Auditor | Content | Retention,
}

/// <summary>What one API key may be used for. Nothing is allowed that is not named here.</summary>
public sealed record KeyScopes
{
    /// <summary>May call model endpoints. The admin key may not.</summary>
    public bool Models { get; init; }

    /// <summary>Model names this key may ask for, each exact or ending in <c>*</c>; empty = every model the release allows.</summary>
    public ImmutableArray<string> ModelPatterns { get; init; } = [];

    /// <summary>May call tool (MCP) endpoints.</summary>
    public bool Tools { get; init; }

    public ControlRoles Control { get; init; }

    /// <summary>The agent, mode and repository this key is for. What is pinned is verified; what a header says is only asserted.</summary>
    public string? PinnedAgent { get; init; }

    public string? PinnedMode { get; init; }

    public string? PinnedRepository { get; init; }

    /// <summary>Free label such as <c>prod</c> or <c>dev</c>, for policy; empty when unset.</summary>
    public string Environment { get; init; } = "";
}
