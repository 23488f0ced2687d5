-- The embedded mail store keeps deleted mail for restoring. `folder` is then where it goes back to.
ALTER TABLE mailbox_messages ADD COLUMN deleted_at timestamptz,
  -- Of a mail in Trash.
  ADD COLUMN came_from text;
CREATE INDEX mailbox_messages_deleted ON mailbox_messages (address, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX mailbox_messages_expiry ON mailbox_messages (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX mailbox_messages_queue_id ON mailbox_messages (address, queue_id) WHERE queue_id IS NOT NULL;
