import type { IConnections, INodeParameters } from 'n8n-workflow';
import type { WorkflowFile } from '../../test/e2e/api.cts';
import type { WireSpec, WorkflowSpec } from '../../test/engine/support/workflow.cts';

/** A workflow file as n8n's embedded engine takes it; credentials are attached there. */
export function workflowSpec({ nodes, connections, settings }: WorkflowFile): WorkflowSpec {
	const wires: WireSpec[] = [];
	for (const [from, outputs] of Object.entries(connections as IConnections)) {
		for (const [output, targets] of (outputs.main ?? []).entries()) {
			for (const { node, index } of targets ?? [])
				wires.push({ from, to: node, output, input: index });
		}
	}
	return {
		nodes: nodes
			.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
			.map(({ name, type, typeVersion, parameters }) => ({
				name,
				type,
				typeVersion,
				parameters: parameters as INodeParameters,
			})),
		wires,
		settings,
	};
}
